import Learner
import Support
import Testing

@Suite("The phrases of learn")
struct PhraseTests {
    @Test("are complete in both languages, with the same places")
    func complete() {
        #expect(Phrase.all.count > 60)
        for phrase in Phrase.all {
            #expect(!phrase.english.isEmpty && !phrase.chinese.isEmpty)
            #expect(
                Phrase.places(in: phrase.english) == Phrase.places(in: phrase.chinese),
                "\(phrase.english)")
            #expect(phrase.english.unicodeScalars.allSatisfy { $0.isASCII }, "\(phrase.english)")
        }
    }

    @Test("Chinese is Chinese: a wide character is in each, and what is typed stays as it is")
    func chinese() {
        for phrase in Phrase.all where phrase.english != phrase.chinese {
            // `{count}/{all}` has no words in either language.
            guard phrase.chinese.contains(where: \.isLetter), phrase.chinese != "{count}/{all}"
            else { continue }
            #expect(TextWidth.columns(phrase.chinese) > phrase.chinese.count, "\(phrase.chinese)")
            let marks = [phrase.english, phrase.chinese].map { $0.count { $0 == "`" } }
            #expect(marks[0] % 2 == 0 && marks[1] % 2 == 0, "\(phrase.english)")
        }
    }

    @Test("values take their places, and a place without a value stays")
    func places() {
        let wording = Wording(.english)
        #expect(
            wording(.hintOf, ["number": "1", "all": "3"]) == "Hint 1 of 3")
        #expect(Wording(.chinese)(.hintOf, ["number": "1", "all": "3"]) == "提示 1/3")
        #expect(wording(.hintOf, ["number": "{all}"]) == "Hint {all} of {all}")
        #expect(Phrase.places(in: "{b} and {a} and {b} and {") == ["a", "b"])
    }

    @Test(
        "the first variable that says something decides the language",
        arguments: [
            ([:], Tongue.english, false),
            (["LANG": "zh_CN.UTF-8"], .chinese, true),
            (["LANG": "zh_CN.UTF-8", "LC_ALL": "C"], .english, false),
            (["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], .english, true),
            (["LANG": "en_US.utf8", "LC_ALL": "", "LC_MESSAGES": "zh_TW"], .chinese, true),
            (["LANG": "de_DE.UTF-8"], .english, true), (["LANG": "POSIX"], .english, false),
            (["LANG": "zh_CN.UTF-8", "LC_CTYPE": "C"], .chinese, false),
        ] as [([String: String], Tongue, Bool)])
    func locales(variables: [String: String], tongue: Tongue, unicode: Bool) {
        #expect(Tongue { variables[$0] } == tongue)
        #expect(Tongue.showsUnicode { variables[$0] } == unicode)
    }
}
