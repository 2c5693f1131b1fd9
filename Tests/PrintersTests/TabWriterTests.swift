import Testing

@testable import Printers

/// Go's text/tabwriter, by what it is documented and seen to do.
@Suite struct TabWriterTests {
    @Test(arguments: [
        // A cell is what a tab ends; the last text of a line is not padded.
        ("a\tb\nccc\td\n", "a    b\nccc  d\n"),
        // A line without a tab ends the block of a column.
        ("a\tb\nheading\nlonger\tc\n", "a  b\nheading\nlonger  c\n"),
        // An empty line does so, too.
        ("a\tb\n\nlonger\tc\n", "a  b\n\nlonger  c\n"),
        // Columns to the right begin behind the widest cell of the block, and lines with fewer cells
        // bound them.
        ("a\tb\tc\naaa\td\naaaa\tbb\tc\n", "a     b  c\naaa   d\naaaa  bb  c\n"),
        // Empty cells at the front keep their column.
        ("Key:\tone\n\ttwo\n", "Key:  one\n      two\n"),
        // A column of empty cells still has the padding.
        ("a\t\tb\nccc\t\td\n", "a      b\nccc    d\n"),
        // Characters beyond ASCII count as one.
        ("é\tx\nab\ty\n", "é   x\nab  y\n"),
        // The text behind the last newline is not lost, nor padded.
        ("a\tb\ncc\td", "a   b\ncc  d"),
        ("", ""),
        ("plain", "plain"),
    ])
    func alignsAsGoDoes(_ text: String, _ expected: String) {
        #expect(TabWriter.align(text) == expected)
    }

    @Test func theTableLayoutHasNarrowestColumnsOfSixAndThreeBlanks() {
        #expect(TabWriter.align("A\tB\n1\t2\n", .table) == "A     B\n1     2\n")
        #expect(TabWriter.align("NAME\tB\nabcdef\t2\n", .table) == "NAME     B\nabcdef   2\n")
    }

    @Test func columnsRememberTheirWidthAcrossFlushes() {
        var writer = TabWriter(.table)
        writer.write("NAME\tREADY\nlonger-name\t1/1\n")
        #expect(writer.flush() == "NAME          READY\nlonger-name   1/1\n")
        writer.write("a\t0/1\n")
        #expect(writer.flush() == "a             0/1\n")
        writer.write("an-even-longer-name\t0/1\n")
        #expect(writer.flush() == "an-even-longer-name   0/1\n")
        writer.write("a\t1/1\n")
        #expect(writer.flush() == "a                     1/1\n")
        writer.forgetWidths()
        writer.write("a\t1/1\n")
        #expect(writer.flush() == "a     1/1\n")
    }

    @Test func descriptionsForgetWidths() {
        var writer = TabWriter(.description)
        writer.write("longer\tx\n")
        #expect(writer.flush() == "longer  x\n")
        writer.write("a\tx\n")
        #expect(writer.flush() == "a  x\n")
    }
}
