# The product as wheels, with the three libraries that draw PDF tickets. One image serves web and worker.
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[fast,postgres]" ./sratix_plugins/*

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/sratix sratix
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels \
    "sratix[fast,postgres]" sratix-email-smtp sratix-bank-transfer sratix-stripe sratix-gift-cards sratix-pdf-tickets \
    sratix-pdf-invoices sratix-einvoice sratix-eu-vat sratix-service-fees sratix-member-prices
USER sratix
WORKDIR /var/lib/sratix
ENV PYTHONUNBUFFERED=1 PYTHONUTF8=1 SRATIX_ENV=production SRATIX_DATA_DIR=/var/lib/sratix/data
EXPOSE 8080
CMD ["sratix", "serve", "--host", "0.0.0.0", "--port", "8080"]
