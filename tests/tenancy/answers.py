"""What each trap is answered; a trap that is not named here passes and sees only its own tenant."""

from __future__ import annotations

REFUSED: dict[str, tuple[str, ...]] = {
    "ForeignRow": (
        "r61_core_subq_with_wrong_tenant",
        "w09_insert_values_foreign",
        "w14_upsert_overwrites",
    ),
    "ForeignWrite": (
        "r04_get_after_attach",
        "r42_refresh_attached",
        "r43_expired_attr_attached",
        "w02_add_foreign_tid",
        "w03_move",
        "w06_orm_update_moves_tid",
        "w07_bulk_update_by_pk",
        "w08_insert_rows_foreign",
        "w20_merge_overwrites",
        "w21_delete_attached",
        "w22_modify_attached",
        "w23_attach_lying_tid",
        "w24_delete_lying_tid",
    ),
    "IntegrityError": (
        "r07_lazy_on_added_object",
        "w25_fk_to_foreign_parent",
    ),
    "NoScope": ("r55_session_bind_engine",),
    "RawDoor": (
        "r41_connection_door",
        "r44_merge_noload",
        "w11_bulk_insert_mappings",
        "w12_bulk_save_objects",
        "w13_bulk_update_mappings",
    ),
    "UnprovenStatement": (
        "r18_core_table",
        "r19_core_count",
        "r20_text",
        "r28_exists",
        "r32_core_subq_in_orm_where",
        "r33_core_join_in_orm",
        "r35_text_or_in_where",
        "r36_text_or_alone",
        "r37_from_statement_text",
        "r38_from_statement_core",
        "r39_literal_column",
        "r47_m2m_secondary",
        "r48_joinedload_m2m",
        "r54_select_from_join_entity_core",
        "r58_association_rows_as_core",
        "r59_implicit_from_core_col",
        "r70_system_compiled_cache_reuse",
        "w10_insert_multi_values",
        "w15_upsert_core",
        "w16_insert_from_select",
        "w17_core_update",
        "w18_core_delete",
        "w19_text_update",
        "w27_update_from_core",
    ),
}

ANSWERS = {name: error for error, names in REFUSED.items() for name in names}
