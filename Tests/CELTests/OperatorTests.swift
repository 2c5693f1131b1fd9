import Testing

@Suite("CEL operators")
struct OperatorTests {
    @Test("operators follow the language definition", arguments: CELRow.rows(table))
    func operators(_ row: CELRow) { row.check() }

    private static let table = #"""
        # Integers and their limits (langdef, "Numeric Values" and "Overflow").
        1 + 2 => 3
        7 - 10 => -3
        6 * -7 => -42
        7 / 2 => 3
        -7 / 2 => -3
        7 % 3 => 1
        -7 % 3 => -1
        7 % -3 => 1
        1 / 0 => error division by zero
        1 % 0 => error modulus by zero
        9223372036854775807 + 1 => error integer overflow
        -9223372036854775808 - 1 => error integer overflow
        9223372036854775807 * 2 => error integer overflow
        -(-9223372036854775807 - 1) => error integer overflow
        (-9223372036854775807 - 1) / -1 => error integer overflow
        0x1F => 31
        -0x10 => -16
        5u + 3u => 8u
        3u - 5u => error unsigned integer overflow
        18446744073709551615u + 1u => error unsigned integer overflow
        7u / 2u => 3u
        7u % 4u => 3u
        1u / 0u => error division by zero
        0xFFu => 255u
        1.5 + 2.25 => 3.75
        1.0 / 0.0 > 1e308 => true
        -1.0 / 0.0 < 0.0 => true
        -(2.5) => -2.5
        --5 => 5
        2 + 3 * 4 => 14
        (2 + 3) * 4 => 20
        10 - 4 - 3 => 3
        100 / 10 / 2 => 5
        1 + 2 == 3 && 2 < 3 => true
        # Comparisons, also between types of numbers.
        1 < 2 => true
        2 <= 2 => true
        3 > 4 => false
        3 >= 3 => true
        1 < 1.5 => true
        2u > 1 => true
        1u < 1.5 => true
        -1 < 0u => true
        1.5 > 1u => true
        dyn(1) == 1.0 => true
        dyn(1) == 1u => true
        dyn(1u) == 1.0 => true
        dyn(1) != 1.5 => true
        dyn('1') == 1 => false
        double('NaN') == double('NaN') => false
        double('NaN') != double('NaN') => true
        double('NaN') < 1.0 => error NaN values cannot be ordered
        'a' < 'b' => true
        'a' < 'B' => false
        'é' > 'z' => true
        b'a' < b'b' => true
        b'' == b'' => true
        false < true => true
        true <= true => true
        timestamp('2024-01-01T00:00:00Z') < timestamp('2024-01-01T00:00:01Z') => true
        duration('1h') > duration('59m') => true
        # A composed character is not its parts.
        '\u00e9' == 'e\u0301' => false
        size('e\u0301') => 2
        # Logic passes over errors.
        true && true => true
        true && false => false
        false || true => true
        !true => false
        !!true => true
        true || 1 / 0 > 0 => true
        1 / 0 > 0 || true => true
        false && 1 / 0 > 0 => false
        1 / 0 > 0 && false => false
        1 / 0 > 0 || false => error division by zero
        1 / 0 > 0 && true => error division by zero
        true ? 1 : 2 => 1
        false ? 1 : 2 => 2
        true ? 1 : 1 / 0 => 1
        1 / 0 > 0 ? 1 : 2 => error division by zero
        false ? 1 : true ? 2 : 3 => 2
        # Texts, bytes and lists are joined.
        'ab' + 'cd' => 'abcd'
        b'ab' + b'cd' => b'abcd'
        [1] + [2, 3] => [1, 2, 3]
        [] + [] == [] => true
        [1, 2] == [1, 2] => true
        [1, 2] == [2, 1] => false
        [[1], [2]] == [[1], [2]] => true
        {'a': 1, 'b': 2} == {'b': 2, 'a': 1} => true
        {'a': 1} == {'a': 2} => false
        {'a': [1]} != {'a': [2]} => true
        null == null => true
        # Membership and parts.
        2 in [1, 2, 3] => true
        4 in [1, 2, 3] => false
        'a' in {'a': 1} => true
        'b' in {'a': 1} => false
        dyn(1.0) in [1, 2] => true
        1 + 1 in [2] => true
        [1, 2, 3][1] => 2
        [1, 2, 3][3] => error index out of bounds: 3
        [1, 2, 3][-1] => error index out of bounds: -1
        [[1, 2], [3]][0][1] => 2
        {'a': 1}['a'] => 1
        {'a': 1}.a => 1
        {'a': {'b': 7}}.a.b => 7
        {'a': 1}['b'] => error no such key: b
        {'a': 1}.b => error no such key: b
        {1: 'x'}[1] => 'x'
        {true: 'x'}[true] => 'x'
        {1u: 'x'}[dyn(1)] => 'x'
        {'a': 1, 'a': 2} => error Failed with repeated key
        # Literals.
        'a\nb'.size() => 3
        r'a\nb'.size() => 4
        '''a'b''' => "a'b"
        "\u00e9" => 'é'
        '\U0001F600'.size() => 1
        '\x41\101' => 'AA'
        b'\xff'.size() => 1
        b'é'.size() => 2
        1e3 => 1000.0
        .5 => 0.5
        1.5e-1 => 0.15
        1 // a remark + 2 => 1
        [1, 2, ] => [1, 2]
        {'a': 1, }.a => 1
        """#.replacing("        ", with: "")
}

@Suite("CEL conversions and times")
struct ConversionTests {
    @Test("conversions follow the language definition", arguments: CELRow.rows(table))
    func conversions(_ row: CELRow) { row.check() }

    private static let table = #"""
        int('42') => 42
        int('-7') => -7
        int('4.2') => error type conversion error from 'string' to 'int'
        int(3.9) => 3
        int(-3.9) => -3
        int(1e19) => error integer overflow
        int(7u) => 7
        int(18446744073709551615u) => error integer overflow
        int(timestamp('1970-01-01T00:01:00Z')) => 60
        int(duration('2s')) => 2000000000
        uint('7') => 7u
        uint('-7') => error type conversion error from 'string' to 'uint'
        uint(-1) => error unsigned integer overflow
        uint(3.9) => 3u
        double('1.5') => 1.5
        double('x') => error type conversion error from 'string' to 'double'
        double(2) => 2.0
        double(2u) => 2.0
        string(1) => '1'
        string(-1.5) => '-1.5'
        string(1e21) => '1e+21'
        string(123456789.0) => '1.23456789e+08'
        string(0.00001) => '1e-05'
        string(true) => 'true'
        string(5u) => '5'
        string(b'abc') => 'abc'
        string(b'\xff') => error invalid UTF-8 in bytes, cannot convert to string
        string(duration('1h30m')) => '5400s'
        string(duration('1500ms')) => '1.5s'
        string(timestamp('2024-02-29T12:00:00.5Z')) => '2024-02-29T12:00:00.5Z'
        string(timestamp('2024-02-29T12:00:00+02:00')) => '2024-02-29T10:00:00Z'
        bytes('é').size() => 2
        bool('true') => true
        bool('False') => false
        bool('yes') => error type conversion error from 'string' to 'bool'
        type(1) == int => true
        type('a') == string => true
        type([1]) == list => true
        type({}) == map => true
        type(null) == null_type => true
        type(1u) == uint => true
        type(int) == type => true
        type(duration('1s')) == google.protobuf.Duration => true
        type(timestamp('2024-01-01T00:00:00Z')) == google.protobuf.Timestamp => true
        # Times.
        timestamp('2024-01-31T00:00:00Z') + duration('24h') => timestamp('2024-02-01T00:00:00Z')
        duration('1h') + timestamp('2024-01-01T00:00:00Z') => timestamp('2024-01-01T01:00:00Z')
        timestamp('2024-01-01T01:00:00Z') - timestamp('2024-01-01T00:00:00Z') => duration('1h')
        timestamp('2024-01-01T01:00:00Z') - duration('1h') => timestamp('2024-01-01T00:00:00Z')
        duration('1h') - duration('90m') => duration('-30m')
        duration('1.5s') + duration('500ms') => duration('2s')
        timestamp('9999-12-31T23:59:59Z') + duration('1s') => error timestamp overflow
        timestamp('0001-01-01T00:00:00Z') - duration('1s') => error timestamp overflow
        timestamp(0) => timestamp('1970-01-01T00:00:00Z')
        timestamp('2024-02-29T10:11:12.345Z').getFullYear() => 2024
        timestamp('2024-02-29T10:11:12.345Z').getMonth() => 1
        timestamp('2024-02-29T10:11:12.345Z').getDate() => 29
        timestamp('2024-02-29T10:11:12.345Z').getDayOfMonth() => 28
        timestamp('2024-02-29T10:11:12.345Z').getDayOfYear() => 59
        timestamp('2024-02-29T10:11:12.345Z').getDayOfWeek() => 4
        timestamp('2024-02-29T10:11:12.345Z').getHours() => 10
        timestamp('2024-02-29T10:11:12.345Z').getMinutes() => 11
        timestamp('2024-02-29T10:11:12.345Z').getSeconds() => 12
        timestamp('2024-02-29T10:11:12.345Z').getMilliseconds() => 345
        timestamp('2024-02-29T23:30:00Z').getDate('+01:00') => 1
        timestamp('2024-03-01T00:30:00Z').getHours('-08:00') => 16
        timestamp('2024-03-01T00:30:00Z').getHours('UTC') => 0
        duration('90m').getHours() => 1
        duration('90m').getMinutes() => 90
        duration('90s').getSeconds() => 90
        duration('x') => refused 1:10: invalid duration argument
        timestamp('2024-13-01T00:00:00Z') => refused 1:11: invalid timestamp argument
        'a'.matches('(') => refused 1:13: invalid matches argument
        """#.replacing("        ", with: "")
}
