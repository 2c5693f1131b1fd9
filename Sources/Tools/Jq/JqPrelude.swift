/// Functions written in jq itself, by name and number of arguments. One is read when a filter names it.
enum JqPrelude {
    static let sources: [String: String] = [
        "IN/1": "def IN(s): any(s == .; .);",
        "IN/2": "def IN(src; s): any(src == s; .);",
        "INDEX/1": "def INDEX(f): INDEX(.[]; f);",
        "INDEX/2": "def INDEX(s; f): reduce s as $row ({}; .[$row | f | tostring] |= $row);",
        "all/1": "def all(f): all(.[]; f);",
        "any/1": "def any(f): any(.[]; f);",
        "arrays/0": "def arrays: select(type == \"array\");",
        "booleans/0": "def booleans: select(type == \"boolean\");",
        "capture/1": "def capture(re): capture(re; null);",
        "capture/2":
            "def capture(re; f): match(re; f) | [.captures[] | select(.name != null) "
            + "| {key: .name, value: .string}] | from_entries;",
        "combinations/0":
            "def combinations: if length == 0 then [] else .[0][] as $x "
            + "| (.[1:] | combinations) as $w | [$x] + $w end;",
        "finites/0": "def finites: select(isinfinite or isnan | not);",
        "first/0": "def first: .[0];",
        "from_entries/0":
            "def from_entries: reduce .[] as $x ({}; . + { ($x | if type == \"object\" then "
            + "(if has(\"key\") then .key elif has(\"k\") then .k elif has(\"name\") then .name "
            + "elif has(\"Name\") then .Name elif has(\"Key\") then .Key else .K end) else . end "
            + "| if type == \"string\" then . else tojson end): ($x | if has(\"value\") then .value "
            + "elif has(\"v\") then .v else .Value end) });",
        "index/1": "def index($i): indices($i) | .[0];",
        "inside/1": "def inside(xs): . as $x | xs | contains($x);",
        "iterables/0": "def iterables: select(type | . == \"array\" or . == \"object\");",
        "last/0": "def last: .[-1];",
        "last/1": "def last(f): reduce f as $x (null; $x);",
        "leaf_paths/0": "def leaf_paths: paths(scalars);",
        "map/1": "def map(f): [.[] | f];",
        "map_values/1": "def map_values(f): .[] |= f;",
        "nth/1": "def nth($n): .[$n];",
        "nth/2":
            "def nth($n; f): if $n < 0 then error(\"Out of bounds negative array index\") "
            + "else last(limit($n + 1; f)) end;",
        "nulls/0": "def nulls: select(. == null);",
        "numbers/0": "def numbers: select(type == \"number\");",
        "objects/0": "def objects: select(type == \"object\");",
        "paths/0": "def paths: path(..) | select(length > 0);",
        "paths/1":
            "def paths(node_filter): . as $dollar | paths | select(. as $p | $dollar | getpath($p) "
            + "| node_filter);",
        "recurse/0": "def recurse: recurse(.[]?);",
        "recurse/2": "def recurse(f; cond): def r: ., (f | select(cond) | r); r;",
        "recurse_down/0": "def recurse_down: recurse;",
        "repeat/1": "def repeat(f): def _repeat: ., (f | _repeat); _repeat;",
        "rindex/1": "def rindex($i): indices($i) | .[-1:][0];",
        "scalars/0": "def scalars: select(type | . != \"array\" and . != \"object\");",
        "scan/1": "def scan(re): scan(re; null);",
        "scan/2":
            "def scan(re; flags): match(re; \"g\" + flags) | if (.captures | length) > 0 then "
            + "[.captures[].string] else .string end;",
        "select/1": "def select(f): if f then . else empty end;",
        "splits/1": "def splits($re): splits($re; null);",
        "splits/2": "def splits($re; flags): split($re; flags) | .[];",
        "strings/0": "def strings: select(type == \"string\");",
        "sub/2": "def sub(re; str): sub(re; str; \"\");",
        "gsub/2": "def gsub(re; str): sub(re; str; \"g\");",
        "gsub/3": "def gsub(re; str; flags): sub(re; str; flags + \"g\");",
        "to_entries/0": "def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];",
        "tostream/0":
            "def tostream: path(def r: (.[]?|r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q "
            + "([$p, .]; [$p + $q]);",
        "values/0": "def values: select(. != null);",
        "walk/1":
            "def walk(f): def w: if type == \"object\" then map_values(w) elif type == \"array\" "
            + "then map(w) else . end | f; w;",
        "while/2":
            "def while(cond; update): def _while: if cond then ., (update | _while) else empty end; _while;",
        "with_entries/1": "def with_entries(f): to_entries | map(f) | from_entries;",
    ]
}
