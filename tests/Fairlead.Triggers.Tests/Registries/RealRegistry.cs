using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Registries;

/// <summary>Debian's registry as a process of its own.</summary>
internal sealed class RealRegistry : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly HttpClient http;
    private readonly Process process;

    private RealRegistry(int port)
    {
        Host = $"127.0.0.1:{port}";
        http = new HttpClient { BaseAddress = new Uri($"http://{Host}/v2/models/late/") };
        var configuration = Path.Combine(folder.Path, "registry.yml");
        File.WriteAllText(configuration, $"version: 0.1\nlog: {{ level: error }}\nstorage: {{ filesystem: {{ rootdirectory: \"{folder.Path}/data\" }} }}\nhttp: {{ addr: \"{Host}\" }}\n");
        process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public string Host { get; }

    public static async Task<RealRegistry> StartAsync(CancellationToken cancellationToken)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var registry = new RealRegistry(port);
        while (true)
        {
            try
            {
                using var answer = await registry.http.GetAsync("/v2/", cancellationToken);
                return registry;
            }
            catch (HttpRequestException) when (!registry.process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Pushes an image without layers.</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> PushAsync(string tag, string content, CancellationToken cancellationToken)
    {
        var config = Encoding.UTF8.GetBytes($"{{\"note\":\"{content}\"}}");
        using var upload = await http.PostAsync("blobs/uploads/", null, cancellationToken);
        var place = upload.Headers.Location!;
        using var blob = await http.PutAsync(new Uri($"{place}{(place.Query.Length > 0 ? "&" : "?")}digest={Digest(config)}"), new ByteArrayContent(config) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, cancellationToken);
        blob.EnsureSuccessStatusCode();
        var manifest = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Digest(config)}}","size":{{config.Length}}},"layers":[]}""");
        using var body = new ByteArrayContent(manifest);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.oci.image.manifest.v1+json");
        using var put = await http.PutAsync($"manifests/{tag}", body, cancellationToken);
        put.EnsureSuccessStatusCode();
        return Digest(manifest);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        folder.Dispose();
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
