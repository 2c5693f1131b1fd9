# Runs before each case while the cases of this folder are recorded.
PATH=${BASH_SOURCE[0]%/*}/bin:$PATH
