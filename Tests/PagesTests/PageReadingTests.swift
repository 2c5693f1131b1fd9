import Testing

@testable import Pages

@Suite("reading pages")
struct PageReadingTests {
}
