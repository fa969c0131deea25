# Sourced by the commands beside it: finds a Python, keeps .venv in step with the requirements, adds what the system lacks.
# Everything here may run twice; the second time it compares one stamp and returns.
# shellcheck shell=bash disable=SC2094

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd "$root" || exit
venv="$root/.venv"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUTF8=1
unset PYTHONDONTWRITEBYTECODE  # every process that a test starts would compile all sources: 1.5 s each

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# apt_install PACKAGE… : quiet, without questions, patient with another apt; false when it could not.
apt_install() {
  local apt=(apt-get -q -y -o DPkg::Lock::Timeout=120)
  say "Installing system packages: $*"
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends "$@" >/dev/null 2>&1 && return
  "${apt[@]}" update >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends "$@" >/dev/null 2>&1
}

# need WHY PACKAGE… : installs on Debian as root, elsewhere says what is missing; always goes on.
need() {
  local why="$1"
  shift
  if is_debian_root && apt_install "$@"; then return; fi
  say "Missing: $why. On Debian or Ubuntu: apt-get install $*. Everything else goes on without it."
}

find_python() {
  local candidate
  for candidate in ${SRATIX_PYTHON:+"$SRATIX_PYTHON"} python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  die "SRAtix needs Python 3.11 or newer and found none. Install it, or name it: SRATIX_PYTHON=/path/to/python3 $0"
}

make_venv() {
  local python
  python="$(find_python)"
  say "Making .venv with $("$python" --version)"
  "$python" -m venv --clear "$venv" >/dev/null 2>&1 && return
  # Debian keeps ensurepip in a package of its own.
  local package
  package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  is_debian_root && apt_install "$package" && "$python" -m venv --clear "$venv" && return
  die "$python can't make a virtual environment. On Debian or Ubuntu: apt-get install $package"
}

wanted_stamp() {
  { printf '%s\n' "$root"; cat requirements.txt pyproject.toml setup.cfg sratix_plugins/*/pyproject.toml sratix_plugins/*/setup.cfg; } | cksum
}

# ensure_venv NAME EXTRAS : .venv holds requirements.txt and sratix[EXTRAS]; NAME keeps one stamp per set of extras.
ensure_venv() {
  local name="$1" extras="$2" stamp wanted
  stamp="$venv/.stamp-$name"
  wanted="$(wanted_stamp)"
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  (
    # Two commands started at once take turns; macOS has no flock and takes the risk.
    ! command -v flock >/dev/null 2>&1 || flock 9
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && exit
    # The commands inside .venv carry its path: one that was copied or moved along with its folder is made anew.
    if ! grep -qsF "$venv/bin/python" "$venv/bin/pip" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
      make_venv
    fi
    say "Installing Python packages into .venv (about a minute the first time)"
    # One setuptools for every folder: seven times faster than an isolated build each.
    "$venv/bin/python" -m pip install -qq "setuptools>=77,<80.9" wheel
    "$venv/bin/python" -m pip install -qq --no-build-isolation -r requirements.txt -e ".[$extras]"
    printf '%s\n' "$wanted" >"$stamp"
  ) 9<requirements.txt
}

has_pdf_libraries() {
  "$venv/bin/python" - <<'PY'
import ctypes.util
import sys

def there(*names):
    for name in names:
        try:
            ctypes.CDLL(name)
            return True
        except OSError:
            pass
    return any(ctypes.util.find_library(name.removeprefix("lib").split(".so")[0]) for name in names)

sys.exit(not all((there("libpango-1.0.so.0"), there("libpangoft2-1.0.so.0"), there("libharfbuzz-subset.so.0"))))
PY
}

ensure_pdf_libraries() {
  has_pdf_libraries || need "the Pango and HarfBuzz libraries that draw PDF tickets" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
}

find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

ensure_test_tools() {
  find_browser >/dev/null || need "Chromium, which walks the pages in the browser tests" chromium fonts-liberation
  command -v pdftotext >/dev/null 2>&1 || need "pdftotext, which reads the PDF tickets in the tests" poppler-utils
}
