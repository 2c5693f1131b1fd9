/// What a page's prose says of fields that no version of the API takes.
enum ProseRules {
    private static let selectorOperators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]
    private static let tolerationOperators = ["Equal", "Exists", "Gt", "Lt"]

    static func remarks(on page: Page) -> [(line: Int, text: String)] {
        page.prose.compactMap { line, text in remark(text).map { (line + 1, $0) } }
    }

    /// `operator: Equal` where affinity of nodes or a selector is spoken of.
    private static func remark(_ text: String) -> String? {
        guard let range = text.firstRange(of: "operator: ") ?? text.firstRange(of: "operator：")
        else {
            return nil
        }
        let isOfTaints = ["oleration", "taint", "Taint", "容忍", "污点", "汙點"].contains(
            where: text.contains)
        let isOfNodes = ["odeAffinity", "odeSelector", "matchExpressions", "亲和", "親和"].contains(
            where: text.contains)
        var place = range.lowerBound
        while let next = text[place...].firstRange(of: "operator: ") {
            let value = String(text[next.upperBound...].prefix { $0.isASCII && $0.isLetter })
            place = next.upperBound
            guard let first = value.first, first.isUppercase else { continue }
            if isOfNodes, !isOfTaints, !selectorOperators.contains(value) {
                return
                    "operator: \(value) is none of node affinity, which has \(selectorOperators.joined(separator: ", "))"
            }
            if isOfTaints, !isOfNodes, !tolerationOperators.contains(value) {
                return
                    "operator: \(value) is none of tolerations, which have \(tolerationOperators.joined(separator: ", "))"
            }
        }
        return nil
    }
}
