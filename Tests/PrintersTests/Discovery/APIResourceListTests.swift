import Model
import Testing

@testable import Printers

@Suite struct APIResourceListTests {
    private static let kinds = [Kind.deployment, .node].map(\.info)

    @Test func theTableHasNamesAndScope() {
        #expect(
            APIResourceList.table(Self.kinds) == """
                NAME          SHORTNAMES   APIVERSION   NAMESPACED   KIND
                deployments   deploy       apps/v1      true         Deployment
                nodes         no           v1           false        Node

                """)
        #expect(
            APIResourceList.table([Kind.node.info], hidesHeaders: true)
                == "nodes   no    v1    false   Node\n")
    }

    @Test func wideOutputAddsVerbsAndCategories() {
        #expect(
            APIResourceList.table([Kind.deployment.info], isWide: true) == """
                NAME          SHORTNAMES   APIVERSION   NAMESPACED   KIND         VERBS                                                        CATEGORIES
                deployments   deploy       apps/v1      true         Deployment   create,delete,deletecollection,get,list,patch,update,watch   all

                """)
    }

    @Test func namesAndVersionsAreLists() {
        #expect(APIResourceList.names(Self.kinds) == "deployments.apps\nnodes\n")
        #expect(
            APIResourceList.versions(["apps/v1", "v1"]) == "apps/v1\nv1\n")
    }
}
