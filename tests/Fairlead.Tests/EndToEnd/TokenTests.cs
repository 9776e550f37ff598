using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>With FAIRLEAD_TOKEN set nothing is told to who does not know it, from any address.</summary>
public sealed class TokenTests
{
    private const string Token = "token-of-a-test";

    [Fact]
    public async Task Program_WithAToken_AnswersOnlyThoseWhoSendIt()
    {
        await using var project = TempProject.Churn();
        project.Variables["FAIRLEAD_TOKEN"] = Token;
        await project.UpAsync("--address", "0.0.0.0");
        await project.DeployAsync("prod");
        await project.MustAsync("predict", "churn", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""");
        await project.MustAsync("query", "select count(*) from predictions");

        await AssertGuardedAsync(project.ControlUrl, allowsBasic: true, ["", "api/status", "api/live", "openapi/v1.json", "assets/fairlead.css", "nonsense"]);
        await AssertGuardedAsync(project.HostUrl, allowsBasic: false, ["v2", "v2/health/ready", "environments/prod/v2/models/churn", "fairlead/status", "nonsense"]);
        project.Variables.Remove("FAIRLEAD_TOKEN");
        AssertRefused(await project.RunAsync("status"));
        AssertRefused(await project.RunAsync("predict", "churn", "--env", "prod", "--input", "{}"));
        project.Variables["FAIRLEAD_TOKEN"] = Token + "x";
        AssertRefused(await project.RunAsync("run"));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("tøken")]
    public async Task Up_WithATokenThatNoHeaderCanCarry_IsRefused(string token)
    {
        await using var project = TempProject.Churn();
        project.Variables["FAIRLEAD_TOKEN"] = token;
        var result = await project.RunAsync("up", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("FAIRLEAD_TOKEN", result.Errors);
        Assert.DoesNotContain(token, result.Errors);
    }

    private static void AssertRefused(CliResult result)
    {
        Assert.Equal(9, result.ExitCode);
        Assert.Contains("FAIRLEAD_TOKEN", result.Errors);
        Assert.Empty(result.Output);
    }

    private static async Task AssertGuardedAsync(Uri url, bool allowsBasic, string[] paths)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"anyone:{Token}"));
        var wrongBasic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Token}:anyone"));
        foreach (var path in paths)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(url, path, null));
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(url, path, "Bearer wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(url, path, $"Basic {wrongBasic}"));
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(url, path, "Basic ???"));
            Assert.NotEqual(HttpStatusCode.Unauthorized, await GetAsync(url, path, $"Bearer {Token}"));
            Assert.Equal(!allowsBasic, await GetAsync(url, path, $"Basic {basic}") == HttpStatusCode.Unauthorized);
        }
    }

    private static async Task<HttpStatusCode> GetAsync(Uri url, string path, string? authorization)
    {
        using var http = new HttpClient { BaseAddress = url };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
