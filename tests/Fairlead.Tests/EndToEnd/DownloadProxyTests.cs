using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Data from places that only a proxy reaches, by http and https, and from one that no proxy may be asked for.</summary>
public sealed class DownloadProxyTests
{
    private static readonly byte[] Rows = "id,price\n1,2.5\n2,3.5\n"u8.ToArray();

    [Fact]
    public async Task Datasets_ThroughTheProxiesOfTheEnvironment_AreFetched()
    {
        await using var project = TempProject.Empty();
        using var authority = Certificate();
        await using var secure = new OneFileServer(Rows, authority);
        await using var direct = new OneFileServer(Rows, null);
        await using var proxy = new RecordingProxy(Rows, secure.Port);
        project.Write("ca.pem", authority.ExportCertificatePem());
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Rows))}";
        // One file each: what has the same digest is fetched once.
        project.Write("fairlead.yaml", $$"""
            project: far
            datasets:
              secure: { url: "https://far.example/rows.csv", digest: {{digest}} }
            steps:
              count: { run: wc -l < in/rows > out/n, inputs: { rows: dataset:secure }, outputs: [n] }
            """);
        project.Commit("Start");
        foreach (var name in (string[])["http_proxy", "https_proxy"])
            project.Variables[name] = proxy.Url;
        project.Variables["no_proxy"] = "elsewhere.example,127.0.0.1";
        project.Variables["SSL_CERT_FILE"] = Path.Combine(project.Root, "ca.pem");
        await project.UpAsync();

        // The control plane fetches it, through a tunnel.
        await project.MustAsync("run");
        Assert.Equal(["CONNECT far.example:443 HTTP/1.1"], proxy.Requests);
        Assert.Equal(1, secure.Requests);

        // The command line tells the digest first.
        await project.MustAsync("dataset", "add", "plain", "--url", "http://far.example/rows.csv");
        Assert.Equal("GET http://far.example/rows.csv HTTP/1.1", proxy.Requests.Last());
        Assert.Contains(digest, File.ReadAllText(Path.Combine(project.Root, "fairlead.yaml")));

        // What the list excludes is asked without a proxy.
        var asked = proxy.Requests.Count;
        await project.MustAsync("dataset", "add", "near", "--url", $"http://127.0.0.1:{direct.Port}/rows.csv");
        Assert.Equal((asked, 1), (proxy.Requests.Count, direct.Requests));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=far.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("far.example");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Answers each connection once, with the same bytes.</summary>
    private sealed class OneFileServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly byte[] content;
        private readonly X509Certificate2? certificate;
        private readonly Task work;

        /// <param name="certificate">Null for http.</param>
        public OneFileServer(byte[] content, X509Certificate2? certificate)
        {
            (this.content, this.certificate) = (content, certificate);
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            work = ServeAsync();
        }

        public int Port { get; }

        public int Requests { get; private set; }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await work;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Stopped.
            }
        }

        private async Task AnswerAsync(Stream plain)
        {
            var stream = plain;
            if (certificate is not null)
            {
                var secure = new SslStream(plain);
                await secure.AuthenticateAsServerAsync(certificate);
                stream = secure;
            }

            await using var _ = stream;
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
                head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            Requests++;
            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"), .. content]);
        }
    }
}
