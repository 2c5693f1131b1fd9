import Testing

@Suite("CEL functions")
struct LibraryTests {
    @Test("strings, lists and sets", arguments: CELRow.rows(textsTable))
    func texts(_ row: CELRow) { row.check() }

    @Test("macros and optional values", arguments: CELRow.rows(macrosTable))
    func macros(_ row: CELRow) { row.check() }

    @Test("Kubernetes' libraries", arguments: CELRow.rows(kubernetesTable))
    func kubernetes(_ row: CELRow) { row.check() }

    private static let textsTable = #"""
        'hello'.contains('ell') => true
        'hello'.contains('') => true
        'hello'.startsWith('he') => true
        'hello'.endsWith('lo') => true
        'hello'.matches('^h.*o$') => true
        matches('hello', 'l{2}') => true
        'hello'.matches('x') => false
        'aé😀'.size() => 3
        size('aé😀') => 3
        'hello'.charAt(1) => 'e'
        'hello'.charAt(5) => ''
        'hello'.charAt(6) => error index out of range: 6
        'tacocat'.indexOf('ac') => 1
        'tacocat'.indexOf('x') => -1
        'tacocat'.indexOf('a', 3) => 5
        'tacocat'.indexOf('') => 0
        'tacocat'.indexOf('a', -1) => error index out of range: -1
        'tacocat'.indexOf('a', 30) => -1
        'tacocat'.lastIndexOf('at') => 5
        'tacocat'.lastIndexOf('a', 3) => 1
        'tacocat'.lastIndexOf('') => 7
        'aaa'.lastIndexOf('aa') => 1
        'TacoCät'.lowerAscii() => 'tacocät'
        'TacoCät'.upperAscii() => 'TACOCäT'
        'a-b-c'.replace('-', '+') => 'a+b+c'
        'a-b-c'.replace('-', '+', 1) => 'a+b-c'
        'a-b-c'.replace('-', '+', 0) => 'a-b-c'
        'a-b-c'.replace('-', '+', -1) => 'a+b+c'
        'ab'.replace('', '-') => '-a-b-'
        'a,b,c'.split(',') => ['a', 'b', 'c']
        'a,b,c'.split(',', 2) => ['a', 'b,c']
        'a,b,c'.split(',', 0).size() => 0
        'abc'.split('') => ['a', 'b', 'c']
        ''.split(',') => ['']
        'tacocat'.substring(4) => 'cat'
        'tacocat'.substring(0, 4) => 'taco'
        'tacocat'.substring(4, 2) => error invalid substring range. start: 4, end: 2
        'tacocat'.substring(8) => error index out of range: 8
        '  trim \t\n'.trim() => 'trim'
        ['a', 'b'].join() => 'ab'
        ['a', 'b'].join(', ') => 'a, b'
        [].join('x') => ''
        strings.quote('a"b\n') => r'"a\"b\n"'
        '%s has %d'.format([dyn('x'), 3]) => 'x has 3'
        '%.2f'.format([1234.567]) => '1,234.57'
        '%x %X %o %b'.format([255, 255, 8, 5]) => 'ff FF 10 101'
        '%s'.format([[1, 2]]) => '[1, 2]'
        '%s'.format([['a']]) => '["a"]'
        '%s'.format([{'a': 1}]) => '{"a":1}'
        '100%%'.format([]) => '100%'
        '%d'.format(['a']) => error error during formatting: decimal clause can only be used on integers, was given string
        '%s'.format([]) => error index 0 out of range
        # Lists.
        [1, 2, 3].size() => 3
        size([]) => 0
        [1, 2, 3].sum() => 6
        [1.5, 2.5].sum() => 4.0
        [duration('1s'), duration('2s')].sum() => duration('3s')
        [3, 1, 2].min() => 1
        [3, 1, 2].max() => 3
        ['b', 'a'].min() => 'a'
        [1, 2, 2].isSorted() => true
        [2, 1].isSorted() => false
        [1, 2, 3, 2].indexOf(2) => 1
        [1, 2, 3, 2].lastIndexOf(2) => 3
        [1].indexOf(9) => -1
        [1, 2, 3, 4].slice(1, 3) => [2, 3]
        [1].slice(0, 2) => error cannot slice(0, 2), list is length 1
        [1].slice(1, 0) => error cannot slice(1, 0), start index must be less than or equal to end index
        [[1], [2, 3]].flatten() => [1, 2, 3]
        [dyn([dyn(1), dyn([2])]), dyn(3)].flatten(2) => [1, 2, 3]
        [3, 1, 2].sort() => [1, 2, 3]
        ['b', 'a'].sort() => ['a', 'b']
        [1, 2, 1, 3].distinct() => [1, 2, 3]
        [1, 2].reverse() => [2, 1]
        lists.range(3) => [0, 1, 2]
        [{'n': 2}, {'n': 1}].sortBy(e, e.n) => [{'n': 1}, {'n': 2}]
        [1, 2].first() => optional.of(1)
        [1, 2].last().value() => 2
        # Sets.
        sets.contains([1, 2, 3], [2, 1]) => true
        sets.contains([1], [2]) => false
        sets.equivalent([1, 2, 2], [2, 1]) => true
        sets.equivalent([1], [1, 2]) => false
        sets.intersects([1, 2], [2, 3]) => true
        sets.intersects([1], []) => false
        # Cost.
        lists.range(2000000).size() => error operation cancelled: actual cost limit exceeded
        """#.replacing("        ", with: "")

    private static let macrosTable = #"""
        has({'a': 1}.a) => true
        has({'a': 1}.b) => false
        [1, 2, 3].all(x, x > 0) => true
        [1, 2, 3].all(x, x > 1) => false
        [].all(x, x > 1) => true
        [1, 0].all(x, 1 / x > 5) => false
        [0, 1].exists(x, 1 / x == 1) => true
        [1, 2].exists(x, x == 2) => true
        [].exists(x, true) => false
        [1, 2, 2].exists_one(x, x == 2) => false
        [1, 2, 3].exists_one(x, x == 2) => true
        [1, 2, 3].existsOne(x, x == 2) => true
        [1, 2].map(x, x * 2) => [2, 4]
        [1, 2, 3].map(x, x > 1, x * 2) => [4, 6]
        [1, 2, 3].filter(x, x % 2 == 1) => [1, 3]
        {'a': 1, 'b': 2}.map(k, k) => ['a', 'b']
        {'a': 1, 'b': 2}.filter(k, k == 'b') => ['b']
        {'a': 1, 'b': 2}.all(k, k < 'c') => true
        [[1, 2], [3]].map(l, l.map(x, x + 1)) => [[2, 3], [4]]
        [1, 2].map(x, [x].map(x, x * 10)) => [[10], [20]]
        [1, 2].all(i, v, v == i + 1) => true
        {'a': 1}.exists(k, v, k == 'a' && v == 1) => true
        {'a': 1, 'b': 1}.existsOne(k, v, v == 1) => false
        ['a', 'b'].transformList(i, v, v + string(i)) => ['a0', 'b1']
        [1, 2, 3].transformList(i, v, i > 0, v) => [2, 3]
        {'a': 1}.transformMap(k, v, v + 1) => {'a': 2}
        {'a': 1, 'b': 2}.transformMap(k, v, v > 1, v) => {'b': 2}
        {'a': 'x'}.transformMapEntry(k, v, {v: k}) => {'x': 'a'}
        {'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k}) => error insert failed: key x already exists
        [1].all(1, true) => refused 1:9: argument must be a simple name
        [1].map(x.y, true) => refused 1:10: argument is not an identifier
        has(1) => refused 1:5: invalid argument to has() macro
        [1].all(i, i, true) => refused 1:12: duplicate variable name: i
        # Optional values.
        optional.of(1).hasValue() => true
        optional.none().hasValue() => false
        optional.of(1).value() => 1
        optional.none().value() => error optional.none() dereference
        optional.of(1).orValue(2) => 1
        optional.none().orValue(2) => 2
        optional.none().or(optional.of(3)).value() => 3
        optional.ofNonZeroValue('').hasValue() => false
        optional.ofNonZeroValue('x').value() => 'x'
        {'a': 1}.?a.orValue(0) => 1
        {'a': 1}.?b.orValue(0) => 0
        {'a': {'b': 1}}.?a.?b.value() => 1
        {'a': {'b': 1}}.?x.b.orValue(7) => 7
        [1, 2][?0].orValue(9) => 1
        [1, 2][?5].orValue(9) => 9
        {'a': 1}[?'a'].hasValue() => true
        {'a': 1}.?a.optMap(x, x + 1).value() => 2
        {'a': 1}.?b.optMap(x, x + 1).hasValue() => false
        {'a': {'b': 1}}.?a.optFlatMap(x, x.?b).value() => 1
        [?optional.of(1), ?optional.none(), 2] => [1, 2]
        {?'a': optional.of(1), ?'b': optional.none()} => {'a': 1}
        optional.of(1) == optional.of(1) => true
        optional.none() == optional.of(1) => false
        optional.unwrap([optional.of(1), optional.none()]) => [1]
        [optional.of(1)].unwrapOpt() => [1]
        """#.replacing("        ", with: "")

    private static let kubernetesTable = #"""
        isQuantity('1.5Gi') => true
        isQuantity('x') => false
        quantity('1Gi').isGreaterThan(quantity('1G')) => true
        quantity('1000m') == quantity('1') => true
        quantity('50k').asInteger() => 50000
        quantity('1.5').isInteger() => false
        quantity('1.5').asInteger() => error cannot convert value to integer
        quantity('1500m').asApproximateFloat() => 1.5
        quantity('1').add(quantity('500m')).compareTo(quantity('1500m')) => 0
        quantity('3').sub(1) == quantity('2') => true
        sign(quantity('-2')) => -1
        quantity('10').isLessThan(quantity('9')) => false
        semver('1.2.3').major() => 1
        semver('1.2.3').minor() => 2
        semver('1.2.3-rc.1').patch() => 3
        semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) => true
        semver('1.10.0').compareTo(semver('1.9.0')) => 1
        isSemver('v1.2') => false
        isSemver('v1.2', true) => true
        semver('v1.02', true) == semver('1.2.0') => true
        semver('1.2') => error No Major.Minor.Patch elements found
        isIP('10.0.0.1') => true
        isIP('10.0.0.256') => false
        isIP('::ffff:1.2.3.4') => false
        ip('10.0.0.1').family() => 4
        ip('::1').family() => 6
        ip('127.0.0.1').isLoopback() => true
        ip('0.0.0.0').isUnspecified() => true
        ip('169.254.1.1').isLinkLocalUnicast() => true
        ip('224.0.0.1').isLinkLocalMulticast() => true
        ip('8.8.8.8').isGlobalUnicast() => true
        ip.isCanonical('::1') => true
        ip.isCanonical('0:0:0:0:0:0:0:1') => false
        string(ip('2001:db8:0:0:0:0:0:1')) => '2001:db8::1'
        ip('x') => error IP Address "x" parse error during conversion from string: ParseAddr("x"): unable to parse IP
        isCIDR('10.0.0.0/8') => true
        isCIDR('10.0.0.0/33') => false
        cidr('10.0.0.0/8').containsIP('10.1.2.3') => true
        cidr('10.0.0.0/8').containsIP(ip('11.0.0.1')) => false
        cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') => true
        cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8')) => false
        cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8') => true
        cidr('10.0.0.0/8').prefixLength() => 8
        string(cidr('10.1.2.3/8').ip()) => '10.1.2.3'
        isURL('https://example.com/a') => true
        isURL('../a') => false
        url('https://user@example.com:80/p%20q?k=1&k=2&j=x').getHost() => 'example.com:80'
        url('https://example.com:80/').getHostname() => 'example.com'
        url('https://example.com:80/').getPort() => '80'
        url('https://example.com/p q').getEscapedPath() => '/p%20q'
        url('https://[::1]:80/').getHostname() => '::1'
        url('https://a/?k=1&k=2&j=x+y').getQuery() => {'k': ['1', '2'], 'j': ['x y']}
        url('HTTPS://a/').getScheme() => 'https'
        'abc 123'.find('[0-9]+') => '123'
        'abc'.find('[0-9]+') => ''
        '1 22 333'.findAll('[0-9]+') => ['1', '22', '333']
        '1 22 333'.findAll('[0-9]+', 2) => ['1', '22']
        format.dns1123Label().validate('abc').hasValue() => false
        format.dns1123Label().validate('A').value() => ['wrong']
        format.named('dns1123Label').hasValue() => true
        format.named('x').hasValue() => false
        """#.replacing("        ", with: "")
}
