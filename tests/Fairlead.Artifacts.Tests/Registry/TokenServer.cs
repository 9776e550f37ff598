using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Artifacts.Tests.Registry;

/// <summary>Gives tokens that docker-registry trusts to whoever knows the password.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    public const string Credentials = "robot:secret";
    private const string Issuer = "of-the-test";
    private const string Service = "registry of the test";
    private readonly RSA key = RSA.Create(2048);
    private readonly X509Certificate2 certificate;
    private readonly WebApplication app;
    private int given;

    private TokenServer()
    {
        certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        Port = RegistryProcess.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(Port));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public int Port { get; }

    public int Given => Volatile.Read(ref given);

    /// <summary>Scopes that were asked for.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Scopes { get; } = [];

    public static async Task<TokenServer> StartAsync()
    {
        var server = new TokenServer();
        await server.app.StartAsync();
        return server;
    }

    /// <summary>The section of the registry's configuration.</summary>
    public string Section(string folder)
    {
        var file = Path.Combine(folder, "token.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return $"auth:\n  token:\n    realm: http://localhost:{Port}/token\n    service: {Service}\n    issuer: {Issuer}\n    rootcertbundle: {file}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials));
        if (context.Request.Headers.Authorization != expected)
        {
            context.Response.StatusCode = 401;
            return;
        }

        Interlocked.Increment(ref given);
        var scope = context.Request.Query["scope"].ToString();
        Scopes.Enqueue(scope);
        var parts = scope.Split(':');
        await context.Response.WriteAsync(new JsonObject { ["token"] = Sign(parts[1], parts[2].Split(',')) }.ToJsonString());
    }

    private string Sign(string repository, string[] actions)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)) };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "robot",
            ["aud"] = Service,
            ["exp"] = now + 300,
            ["nbf"] = now - 60,
            ["iat"] = now,
            ["jti"] = Guid.NewGuid().ToString(),
            ["access"] = new JsonArray(new JsonObject { ["type"] = "repository", ["name"] = repository, ["actions"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]) }),
        };
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
