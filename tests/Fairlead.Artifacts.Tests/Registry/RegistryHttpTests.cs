using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Artifacts.Registry;
using Fairlead.Domain.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Artifacts.Tests.Registry;

public sealed class RegistryHttpTests
{
    [Fact]
    public async Task Send_Redirected_TellsTheOtherHostNoCredentials()
    {
        var seen = new List<string>();
        await using var other = await ServeAsync(context =>
        {
            seen.Add($"other {context.Request.Headers.Authorization}");
            return context.Response.WriteAsync("there");
        });
        await using var registry = await ServeAsync(context =>
        {
            seen.Add($"registry {context.Request.Headers.Authorization}");
            if (context.Request.Headers.Authorization.Count == 0)
            {
                context.Response.StatusCode = 401;
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
            }
            else
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = UrlOf(other) + "/blob";
            }

            return Task.CompletedTask;
        });
        using var http = new RegistryHttp(OptionsFor(registry), TimeProvider.System);

        using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, UrlOf(registry)), isPush: false, CancellationToken.None);

        Assert.Equal("there", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["registry ", "registry Basic bWU6c2VjcmV0", "other "], seen);
    }

    [Fact]
    public async Task Send_BusyForAWhile_IsTriedAgainAndThenSaidToBeUnavailable()
    {
        var asked = 0;
        var failures = 3;
        await using var registry = await ServeAsync(context =>
        {
            context.Response.StatusCode = ++asked <= failures ? (asked % 2 == 0 ? 503 : 429) : 200;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var http = new RegistryHttp(OptionsFor(registry), TimeProvider.System);
        using (var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, UrlOf(registry)), isPush: false, CancellationToken.None))
            Assert.Equal((HttpStatusCode.OK, 4), (answer.StatusCode, asked));

        (asked, failures) = (0, 1000);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, UrlOf(registry)), isPush: false, CancellationToken.None));
        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Equal(6, asked);
    }

    [Fact]
    public async Task Send_RedirectedToWhatIsNotEncrypted_IsRefused()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var registry = await ServeAsync(
            context =>
            {
                context.Response.StatusCode = context.Request.Path == "/away" ? 307 : 200;
                context.Response.Headers.Location = "http://localhost:1/";
                return Task.CompletedTask;
            },
            certificate);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            var url = UrlOf(registry).Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("[::1]", "localhost", StringComparison.Ordinal);
            var options = OptionsFor(registry) with { Address = RegistryAddress.Parse($"{new Uri(url).Authority}/x", isPlain: false) };
            using (var http = new RegistryHttp(options with { CaFile = file }, TimeProvider.System))
            {
                using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, url), isPush: false, CancellationToken.None);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var problem = await Assert.ThrowsAsync<FairleadException>(() => http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, url + "/away"), isPush: false, CancellationToken.None));
                Assert.Contains("not encrypted", problem.Message);
            }

            using var strict = new RegistryHttp(options with { Attempts = 1 }, TimeProvider.System);
            var untrusted = await Assert.ThrowsAsync<FairleadException>(() => strict.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, url), isPush: false, CancellationToken.None));
            Assert.Contains("ca-file", untrusted.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static RegistryOptions OptionsFor(WebApplication server) => new()
    {
        Address = RegistryAddress.Parse($"{new Uri(UrlOf(server)).Authority}/x", isPlain: true),
        Credentials = () => "me:secret",
        Pause = TimeSpan.FromMilliseconds(1),
    };

    private static string UrlOf(WebApplication server) => server.Urls.First();

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
