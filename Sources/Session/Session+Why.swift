import API
import Cluster
import Language
import Model
import Value
import Verbs
import Why

extension Session {
    package func explain(_ question: WhyQuestion) throws(WhyProblem) -> [Finding] {
        try Answer.to(question, in: cluster)
    }
}
