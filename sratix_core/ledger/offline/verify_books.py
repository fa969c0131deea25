"""Proves a copy of the books by itself: Python 3.9 or newer, no network, no database, nothing to install.

    python3 verify_books.py [--key PUBLIC_KEY] [FOLDER]

Reads entries.jsonl, seals.jsonl and head.json beside it (or in FOLDER) and recomputes the fingerprint of every entry,
the chain of seals, the signature of the head, and that every transaction sums to 0. Prints what is wrong, entry by entry,
and exits 1; or prints what each account holds and exits 0. --key is the public key you were given earlier and elsewhere:
without it the script can only tell that the copy agrees with itself.
"""

import argparse
import hashlib
import json
import pathlib
import sys
from collections import Counter, defaultdict

# Ed25519 verification after RFC 8032 section 5.1.7, with the curve's numbers from section 5.1.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, p)
        p, n = add(p, p), n >> 1
    return result


def point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(public, message, signature):
    """Whether the holder of the key signed the message."""
    try:
        key, r = point(public), point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, key))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(entry):
    kept = {key: value for key, value in entry.items() if key not in ("seq", "content_hash")}
    return hashlib.sha256(canonical(kept)).digest()


def seal_hash(previous, seal, tenant, hashes):
    digest = hashlib.sha256(previous)
    digest.update("\n{}\nledger\n{}\n{}\n".format(tenant, seal["first_seq"], seal["last_seq"]).encode())
    for each in hashes:
        digest.update(each)
    return digest.hexdigest()


def lines(path):
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield json.loads(line)
            except ValueError:
                sys.exit(f"{path.name} line {number} is not readable: this copy is damaged.")


def entries_wrong(entries, head):
    """What is wrong with single entries and with their order, and what every transaction and account sums to."""
    sums, accounts, expected = defaultdict(Counter), Counter(), 1
    hashes = []
    for entry in entries:
        name = "entry #{}".format(entry.get("seq"))
        if entry.get("seq") != expected:
            yield f"{name}: #{expected} was expected here"
        found = fingerprint(entry)
        if found.hex() != entry.get("content_hash"):
            yield "{} ({}): it is not what was written".format(name, entry.get("id"))
        if entry.get("tenant_id") != head["tenant_id"]:
            yield f"{name}: it belongs to other books"
        hashes.append(found)
        expected = (entry.get("seq") or expected) + 1
        amount, currency = entry.get("amount_minor"), entry.get("currency")
        if type(amount) is int:
            sums[entry.get("act"), entry.get("op_id")][currency] += amount
            accounts[entry.get("account"), entry.get("provider"), currency] += amount
        else:
            yield f"{name}: its amount is not a whole number"
    for (act, cause), by_currency in sums.items():
        if any(by_currency.values()):
            yield f"{act} {cause}: its entries do not sum to 0"
    yield hashes, accounts


def chain_wrong(seals, hashes, head):
    previous, expected = "00" * 32, 1
    for seal in seals:
        name = "seal of #{} to #{}".format(seal["first_seq"], seal["last_seq"])
        if seal["first_seq"] != expected or seal["prev_hash"] != previous:
            yield f"{name}: it does not follow the one before it"
        covered = hashes[seal["first_seq"] - 1 : seal["last_seq"]]
        if seal_hash(bytes.fromhex(seal["prev_hash"]), seal, head["tenant_id"], covered) != seal["hash"]:
            yield f"{name}: these are not the entries that were sealed"
        previous, expected = seal["hash"], seal["last_seq"] + 1
    if (head["hash"], head["entries"]) != (previous, expected - 1) or len(hashes) != expected - 1:
        yield "the books must end at #{} and end at #{}".format(head["entries"], len(hashes))


def head_wrong(head, key):
    unsigned = {name: value for name, value in head.items() if name != "signature"}
    message = b"sratix-books-1\n" + canonical(unsigned)
    if not signed_by(bytes.fromhex(head["public_key"]), message, bytes.fromhex(head["signature"])):
        yield "head.json: its signature is not that of its key"
    if key and key.lower() != head["public_key"]:
        yield "head.json: it was signed with another key than the one you were given"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--key", help="the public key of the books, 64 hexadecimal digits")
    parser.add_argument("folder", nargs="?", default=pathlib.Path(__file__).parent, type=pathlib.Path)
    asked = parser.parse_args()
    head = json.loads((asked.folder / "head.json").read_text(encoding="utf-8"))
    *wrong, (hashes, accounts) = entries_wrong(lines(asked.folder / "entries.jsonl"), head)
    wrong += chain_wrong(lines(asked.folder / "seals.jsonl"), hashes, head)
    wrong += head_wrong(head, asked.key)
    for sentence in wrong[:50]:
        print(sentence)
    if wrong:
        print(f"\n{len(wrong)} findings: these books are not as they were written.")
        return 1
    for (account, provider, currency), minor in sorted(accounts.items()):
        print(f"{account:<16} {provider:<16} {currency} {minor:>16}")
    print("\n{} entries of {}, unbroken up to {}.".format(len(hashes), head["tenant"], head["at"]))
    print(
        "Signed with key {}{}.".format(
            head["public_key"], "" if asked.key else ": compare it with the one you were given"
        )
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.exit(
            f"This copy is damaged: a part of it is missing or not readable ({error!r}). Ask for it again."
        )
