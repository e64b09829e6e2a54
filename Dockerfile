# The academy, for compose.yaml: installed from the lock, by its hashes, and run by a user who owns nothing but its data.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/academy

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY wsgi.py pyproject.toml ./
COPY migrations migrations
COPY content content
COPY badges badges
COPY academy academy
RUN pybabel compile -d academy/web/translations \
 && python -m compileall -q academy migrations \
 && useradd --uid 10001 --no-create-home academy \
 && install -d -o academy -g academy -m 700 /srv/academy

USER academy
ENV FLASK_APP=wsgi.py ACADEMY_HOME=/srv/academy HOME=/tmp
EXPOSE 8000
CMD ["flask", "academy", "serve", "--host", "0.0.0.0"]
