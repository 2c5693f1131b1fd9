import Support
import Testing

@Suite("interned keys")
struct KeyTests {
    @Test("equal names give equal keys, other names other keys")
    func identity() {
        #expect(Key("some-new-name") == Key("some-new-name"))
        #expect(Key("some-new-name") != Key("some-other-name"))
        #expect(Key("some-new-name").name == "some-new-name")
    }

    @Test(
        "constants stand for their own names",
        arguments: [
            (Key.apiVersion, "apiVersion"), (.metadata, "metadata"), (.name, "name"),
            (.operator, "operator"), (.volumeClaimTemplates, "volumeClaimTemplates"),
            (.lastTransitionTime, "lastTransitionTime"), (.whenScaled, "whenScaled"),
        ])
    func constants(key: Key, name: String) {
        #expect(key.name == name)
        #expect(Key(name) == key)
    }
}

@Suite("seeded randomness")
struct RandomStreamTests {
    @Test("the first numbers of a stream are fixed for all time")
    func fixedNumbers() {
        var stream = RandomStream(seed: 1)
        #expect(stream.next() == 0x910A_2DEC_8902_5CC1)
        #expect(stream.next() == 0xBEEB_8DA1_658E_EC67)
    }

    @Test("streams for different labels differ, and a label's cut matters")
    func labels() {
        var first = RandomStream(seed: 1, labels: ["ab", "c"])
        var second = RandomStream(seed: 1, labels: ["a", "bc"])
        #expect(first.next() != second.next())
    }

    @Test("a bounded draw reaches every number below its bound and none above")
    func bounds() {
        var stream = RandomStream(seed: 7)
        var seen = Array(repeating: 0, count: 27)
        for _ in 0..<5_000 { seen[stream.below(27)] += 1 }
        #expect(seen.allSatisfy { $0 > 100 })
    }

    @Test("suffixes use the alphabet of generated names")
    func suffix() {
        var stream = RandomStream(seed: 1)
        let suffix = stream.suffix(length: 5)
        #expect(suffix.utf8.count == 5)
        #expect(suffix.utf8.allSatisfy { RandomStream.nameAlphabet.contains($0) })
    }

    @Test("fnv-1a has its published test values")
    func fnv() {
        #expect(fnv32a(Array("".utf8)) == 0x811C_9DC5)
        #expect(fnv32a(Array("a".utf8)) == 0xE40C_292C)
        #expect(fnv32a(Array("foobar".utf8)) == 0xBF9C_F968)
    }
}
