/// What is known of the server in a well-known image.
struct ServerImage: Sendable {
    /// What it answers over HTTP; `silent` for servers that speak something else.
    enum Style: Sendable {
        /// A line with pod, image and path.
        case plain
        case nginx, apache
        /// `registry.k8s.io/echoserver`: tells the request.
        case echoServer
        /// `google-samples/hello-app`: a greeting, its version and its host.
        case helloApp
        /// `traefik/whoami`
        case whoami
        /// `google-samples/kubernetes-bootcamp`
        case bootcamp
        /// `hashicorp/http-echo`: the text of its arguments.
        case httpEcho
        /// `agnhost serve-hostname` and `agnhost netexec`.
        case agnhost
        /// `luksa/kubia`
        case kubia
        /// `ikubernetes/myapp`
        case myApp
        /// `nginxdemos/hello:plain-text`
        case nginxDemo
        /// A controller of Ingresses, by the word that its class's controller has in it.
        case ingress(String)
        case silent
    }

    /// The ends of repositories: `nginx` fits `docker.io/library/nginx` and `mirror.example/nginx`.
    let names: [String]
    /// Where it listens; empty where its arguments say so.
    let ports: [Int]
    let style: Style

    /// Whether it writes a line for each request.
    var keepsAccessLog: Bool {
        switch style {
        case .nginx, .apache, .myApp, .nginxDemo: true
        case .plain, .echoServer, .helloApp, .whoami, .bootcamp, .httpEcho, .agnhost, .kubia,
            .ingress, .silent:
            false
        }
    }

    /// The one in an image; nil for others.
    static func named(_ repository: String) -> ServerImage? {
        all.first { image in
            image.names.contains { repository == $0 || repository.hasSuffix("/" + $0) }
        }
    }

    /// From the images' own documentation: where their servers listen as they come, and what they say.
    static let all: [ServerImage] = [
        ServerImage(
            names: ["ingress-nginx/controller", "nginx-ingress-controller"], ports: [80, 443],
            style: .ingress("nginx")),
        ServerImage(names: ["library/traefik"], ports: [80, 443], style: .ingress("traefik")),
        ServerImage(
            names: ["nginxinc/nginx-unprivileged", "bitnami/nginx"], ports: [8080], style: .nginx),
        ServerImage(names: ["nginxdemos/hello"], ports: [80], style: .nginxDemo),
        ServerImage(
            names: ["ikubernetes/myapp", "wangyanglinux/myapp"], ports: [80], style: .myApp),
        ServerImage(names: ["luksa/kubia"], ports: [8080], style: .kubia),
        ServerImage(names: ["hashicorp/http-echo"], ports: [5678], style: .httpEcho),
        ServerImage(names: ["echoserver"], ports: [8080], style: .echoServer),
        ServerImage(names: ["google-samples/hello-app"], ports: [8080], style: .helloApp),
        ServerImage(names: ["traefik/whoami", "containous/whoami"], ports: [80], style: .whoami),
        ServerImage(
            names: ["google-samples/kubernetes-bootcamp", "jocatalin/kubernetes-bootcamp"],
            ports: [8080], style: .bootcamp),
        ServerImage(names: ["e2e-test-images/agnhost", "agnhost"], ports: [], style: .agnhost),
        ServerImage(names: ["serve_hostname", "serve-hostname"], ports: [9376], style: .agnhost),
        ServerImage(names: ["nginx", "openresty/openresty"], ports: [80], style: .nginx),
        ServerImage(names: ["httpd"], ports: [80], style: .apache),
        ServerImage(names: ["caddy"], ports: [80], style: .plain),
        ServerImage(names: ["haproxy", "varnish"], ports: [80], style: .plain),
        ServerImage(names: ["tomcat", "jetty"], ports: [8080], style: .plain),
        ServerImage(
            names: ["wordpress", "phpmyadmin", "drupal", "nextcloud"], ports: [80], style: .plain),
        ServerImage(names: ["grafana/grafana"], ports: [3000], style: .plain),
        ServerImage(names: ["prom/prometheus"], ports: [9090], style: .plain),
        ServerImage(names: ["elasticsearch"], ports: [9200], style: .plain),
        ServerImage(
            names: ["redis", "valkey/valkey", "bitnami/redis"], ports: [6379], style: .silent),
        ServerImage(names: ["mysql", "mariadb", "bitnami/mysql"], ports: [3306], style: .silent),
        ServerImage(names: ["postgres", "bitnami/postgresql"], ports: [5432], style: .silent),
        ServerImage(names: ["mongo", "bitnami/mongodb"], ports: [27017], style: .silent),
        ServerImage(names: ["memcached"], ports: [11211], style: .silent),
        ServerImage(names: ["rabbitmq"], ports: [5672], style: .silent),
        ServerImage(names: ["zookeeper"], ports: [2181], style: .silent),
        ServerImage(names: ["cassandra"], ports: [9042], style: .silent),
        ServerImage(names: ["nats"], ports: [4222], style: .silent),
        ServerImage(names: ["etcd"], ports: [2379], style: .silent),
    ]
}
