namespace Fairlead.Bench.Processes;

/// <summary>nginx in front of one upstream, set up as a careful operator would: a worker per core, kept connections, no access log.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly ServerProcess process;

    private NginxProxy(ServerProcess process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <param name="folder">Gets the configuration, the process id and the temporary files.</param>
    public static async Task<NginxProxy> StartAsync(string folder, Uri upstream, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, Configure(folder, url, upstream), cancellationToken);
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var (server, _) = await ServerProcess.StartAsync(program, ["-p", folder, "-c", file, "-e", "stderr"], folder, null, cancellationToken);
        var proxy = new NginxProxy(server, url);
        await HttpReadiness.WaitAsync("nginx", url, time, cancellationToken);
        return proxy;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string Configure(string folder, Uri url, Uri upstream) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        pid {{folder}}/nginx.pid;
        worker_processes auto;
        error_log stderr crit;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          keepalive_requests 1000000000;
          tcp_nodelay on;
          upstream peer {
            server {{upstream.Host}}:{{upstream.Port}};
            keepalive 128;
            keepalive_requests 1000000000;
          }
          server {
            listen {{url.Host}}:{{url.Port}};
            location / {
              proxy_pass http://peer;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
            }
          }
        }
        """;
}
