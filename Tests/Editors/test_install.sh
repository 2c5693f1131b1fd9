#!/usr/bin/env bash
# Installs into folders that are thrown away, tries what lies there, and removes it again.
#
#     test_install.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "✘ $*" >&2; exit 1; }

# A prefix and a staging folder; both with blanks.
export DRYDOCK=$program DESTDIR="$work/a stage"
"$top/Scripts/install" "/opt/dry dock" >/dev/null
here="$work/a stage/opt/dry dock"
list=$("$top/Scripts/install" --list "/opt/dry dock")
while read -r file; do [ -s "$file" ] || fail "$file is empty or not there"; done <<<"$list"
[ "$("$here/bin/drydock" --version)" = "$("$program" --version)" ] || fail "another program"

# Each shell reads its completion; those that are here try it.
bash -n "$here/share/bash-completion/completions/drydock" || fail "bash does not read its completion"
answers=$(bash -c '
    shopt -s extglob
    source "$1"
    COMP_LINE="drydock ver" COMP_POINT=11 COMP_WORDS=(drydock ver) COMP_CWORD=1 COMP_TYPE=9 COMP_KEY=9
    $(complete -p drydock | sed "s/.*-F \([^ ]*\).*/\1/") drydock ver drydock
    echo "${COMPREPLY[*]}"' _ "$here/share/bash-completion/completions/drydock")
[ "$answers" = verify ] || fail "bash completes 'drydock ver' to '$answers'"
grep -q '^#compdef drydock' "$here/share/zsh/site-functions/_drydock" || fail "no completion of zsh"
if command -v zsh >/dev/null; then zsh -n "$here/share/zsh/site-functions/_drydock" || fail "zsh does not read it"; fi
if command -v fish >/dev/null; then fish -n "$here/share/fish/vendor_completions.d/drydock.fish" || fail "fish does not read it"; fi
for word in run verify lsp; do
    grep -q -- "$word" "$here/share/fish/vendor_completions.d/drydock.fish" || fail "fish does not know $word"
done

# The manual page: what the program tells, without a warning of the formatter.
page=$here/share/man/man1/drydock.1
for word in '.SH NAME' '.SH SYNOPSIS' '.SS drydock run' '.SS drydock lsp' 'allow\\-read'; do
    grep -qF -- "${word//\\\\/\\}" "$page" || fail "the manual page lacks $word"
done
if command -v groff >/dev/null; then
    [ -z "$(groff -man -ww -z -Tutf8 "$page" 2>&1)" ] || fail "groff: $(groff -man -ww -z -Tutf8 "$page" 2>&1 | head -3)"
fi

"$top/Scripts/install" --uninstall "/opt/dry dock"
[ -z "$(find "$work/a stage" -type f)" ] || fail "files are left: $(find "$work/a stage" -type f)"
[ ! -e "$here/bin" ] || fail "folders are left"

# A folder as one types it, and what is wrong with other words.
unset DESTDIR
(cd "$work" && "$top/Scripts/install" here >/dev/null && here/bin/drydock --version >/dev/null) || fail "a relative folder"
if "$top/Scripts/install" 2>/dev/null; then fail "no folder is no error"; fi
if "$top/Scripts/install" --nothing "$work" 2>/dev/null; then fail "an unknown option is no error"; fi
echo "installed, tried and removed: $(wc -l <<<"$list") files"
