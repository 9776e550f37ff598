using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Domain.Identity;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;

namespace Fairlead.Web.Tests.Security;

/// <summary>What an attacker would try.</summary>
public sealed class AccessGateTests : IAsyncLifetime
{
    private const string Deploy = "/api/environments/prod/deployments";
    private GateServer server = null!;
    private string admin = "";
    private string viewer = "";

    public async ValueTask InitializeAsync()
    {
        server = await GateServer.StartAsync();
        admin = await server.AddAsync("ann", "admin");
        viewer = await server.AddAsync("vic", "viewer");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Anything_WithoutAToken_IsOneAnswerWhateverExists()
    {
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var path in new[] { "/api/users", "/api/nonsense", "/", "/nonsense", "/openapi/v1.json", "/api/live" })
            answers.Add(await server.SendAsync("GET", path));
        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.Unauthorized, answers[0].Item1);
        Assert.Equal(answers[0], await server.SendAsync("POST", "/api/users/ann/nonsense"));
        Assert.Equal(answers[0], await server.SendAsync("DELETE", "/api/users"));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer flt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Basic YW5uOnBhc3N3b3Jk")]
    [InlineData("Negotiate abc")]
    [InlineData("{token}")]
    [InlineData("Bearer {token}, Bearer {token}")]
    [InlineData("Bearer {token} x")]
    [InlineData("Bearer {TOKEN}")]
    [InlineData("Basic {basic}")]
    public async Task Header_ThatIsNoValidToken_IsRefused(string header)
    {
        var sent = header.Replace("{token}", admin).Replace("{TOKEN}", admin.ToUpperInvariant()).Replace("{basic}", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{admin}")));
        using var request = server.Request("GET", "/api/users");
        request.Headers.TryAddWithoutValidation("Authorization", sent);
        var (status, body) = await server.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.DoesNotContain(admin[12..], body);
    }

    [Fact]
    public async Task Header_SentTwice_IsRefusedThoughBothAreRight()
    {
        foreach (var second in new[] { admin, viewer })
        {
            var answer = await SendRawAsync($"GET /api/users HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {admin}\r\nAuthorization: Bearer {second}\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 401", answer);
        }
    }

    [Theory]
    [InlineData("/api/environments/prod/../../users")]
    [InlineData("/assets/../api/users")]
    [InlineData("/assets/..%2fapi/users")]
    [InlineData("/assets/%2e%2e/api/users")]
    [InlineData("/login/../api/users")]
    [InlineData("//api/users")]
    [InlineData("/api//users")]
    [InlineData("/API/USERS")]
    [InlineData("/api/users/")]
    [InlineData("/api/users;a=b")]
    [InlineData("/api/users%00")]
    [InlineData("/api%2fusers")]
    [InlineData("/./api/users")]
    [InlineData("/login/%2e%2e/api/users?x=/assets/")]
    public async Task Path_WrittenInAnotherWay_OpensNothing(string path)
    {
        foreach (var token in new[] { null, viewer })
        {
            var header = token is null ? "" : $"Authorization: Bearer {token}\r\n";
            var answer = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}Connection: close\r\n\r\n");
            Assert.DoesNotContain("\"ann\"", answer);
            Assert.Matches("^HTTP/1.1 (400|401|403|404) ", answer);
        }
    }

    [Theory]
    [InlineData("/api/environments/PROD/deployments")]
    [InlineData("/api/environments/stage%2f..%2fprod/deployments")]
    [InlineData("/api/environments/stage/../prod/deployments")]
    [InlineData("/api/environments/%70rod/deployments")]
    [InlineData("/api/environments/prod%20/deployments")]
    [InlineData("/api/environments/stage%00prod/deployments")]
    [InlineData("/api/environments/prod/deployments?environment=stage")]
    [InlineData("/api/environments/%E2%80%AEdorp/deployments")]
    public async Task Role_InOneEnvironment_ReachesNoOther(string path)
    {
        var operatorOfStage = await server.AddAsync("olga", "operator@stage");
        var answer = await SendRawAsync($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {operatorOfStage}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        Assert.Matches("^HTTP/1.1 (400|403|404) ", answer);
    }

    [Fact]
    public async Task Refusal_OfWhoMayNot_NamesTheRoleAndHowToGetItAndIsEntered()
    {
        var (status, body) = await server.SendAsync("POST", Deploy, viewer);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("This needs the role 'operator' in the environment 'prod', and 'vic' has 'viewer'; ask an admin for it: fairlead user set vic --add-role operator@prod.", body);
        var entry = (await server.Audit.ListAsync(new AuditFilter { Who = "vic" }, CancellationToken.None))[0];
        Assert.Equal(("deployment.start", Deploy, AuditPhase.Refused), (entry.What, entry.Target, entry.Phase));
    }

    [Fact]
    public async Task Change_ByWhoMay_IsEnteredBeforeAndAfter()
    {
        await server.SendAsync("POST", Deploy, admin);
        var entries = await server.Audit.ListAsync(new AuditFilter { Who = "ann", What = "deployment.start" }, CancellationToken.None);
        Assert.Equal([AuditPhase.Failed, AuditPhase.Began], entries.Select(entry => entry.Phase));
        Assert.Equal(entries[1].Number, entries[0].Cause);
        using var added = server.Request("POST", "/api/users", admin, """{"name": "ben", "roles": ["viewer"]}""");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(added)).Status);
        var three = await server.Audit.ListAsync(new AuditFilter { Limit = 3 }, CancellationToken.None);
        Assert.Equal(["user.add done", "user.added done", "user.add began"], three.Select(entry => $"{entry.What} {AuditChain.PhaseWord(entry.Phase)}"));
        Assert.All(three, entry => Assert.Equal("ann", entry.Who));
    }

    [Fact]
    public async Task Name_InABody_DoesNotMakeAnybodySomebodyElse()
    {
        using var request = server.Request("POST", "/api/users/vic/tokens", admin, """{"user": "vic", "expiresInDays": 1}""");
        request.Headers.Add("fairlead-user", "vic");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(request)).Status);
        Assert.Equal("ann", (await server.Audit.ListAsync(new AuditFilter { What = "token.added" }, CancellationToken.None))[0].Who);
        Assert.Equal("ann", (await server.Users.ListAsync(CancellationToken.None)).Single(report => report.User.Name == "vic").Tokens[0].CreatedBy);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Change_FromAnotherSitesPage_IsRefusedEvenWithASession(string header, string value)
    {
        var cookie = await SignInAsync(admin);
        foreach (var (path, type) in new[] { ("/logout", "application/x-www-form-urlencoded"), ("/api/users", "application/json") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, path)) { Content = new StringContent("{}", Encoding.UTF8, type) };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add(header, value);
            Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync(request)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, await GetWithAsync("/users", cookie));
    }

    [Fact]
    public async Task Session_WithoutAWordOfTheBrowserWhereAFormComesFrom_ChangesNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "/logout"));
        request.Headers.Add("Cookie", await SignInAsync(admin));
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync(request)).Status);
    }

    /// <summary>As browsers send the forms of pages whose referrer policy is that of these pages.</summary>
    [Theory]
    [InlineData("same-origin", HttpStatusCode.Found)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("none", HttpStatusCode.Forbidden)]
    public async Task Form_WhoseOriginTheBrowserHides_IsTakenFromThisSiteAlone(string site, HttpStatusCode expected)
    {
        using var request = SignInRequest(admin, "/");
        request.Headers.Remove("Origin");
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", site);
        Assert.Equal(expected, (await server.SendAsync(request)).Status);
    }

    [Fact]
    public async Task SignIn_FromAnotherSite_IsRefused()
    {
        using var request = SignInRequest(admin, "/");
        request.Headers.Remove("Origin");
        request.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync(request)).Status);
    }

    [Fact]
    public async Task SignIn_WithAToken_GivesACookieThatNoScriptReads()
    {
        using var request = SignInRequest(viewer, "/audit?who=ann");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/audit?who=ann", response.Headers.Location!.OriginalString);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=43200", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith($"fairlead-{server.Url.Port}=", cookie);
        Assert.DoesNotContain(viewer[12..], cookie);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task SignIn_OnTheWayElsewhere_EndsHere(string to)
    {
        using var request = SignInRequest(viewer, to);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Session_EndsWithItsTokenAndWithSigningOut()
    {
        var cookie = await SignInAsync(admin);
        Assert.Equal(HttpStatusCode.OK, await GetWithAsync("/users", cookie));
        using var signOut = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "/logout"));
        signOut.Headers.Add("Cookie", cookie);
        signOut.Headers.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.Redirect, (await server.SendAsync(signOut)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetWithAsync("/users", cookie));

        var other = await server.Users.IssueAsync("ann", new TokenOrder(null), CancellationToken.None);
        cookie = await SignInAsync(other.Token);
        Assert.Equal(HttpStatusCode.OK, await GetWithAsync("/users", cookie));
        await server.Users.RevokeAsync("ann", new RevokeOrder(other.Id), CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetWithAsync("/users", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetWithAsync("/users", cookie[..^1] + (cookie[^1] == '0' ? '1' : '0')));
    }

    [Fact]
    public async Task Page_WithoutASession_LeadsToTheFormAndBack()
    {
        using var request = server.Request("GET", "/audit?who=a%26b");
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("/login?to=%2Faudit%3Fwho%3Da%2526b", response.Headers.Location!.OriginalString);
        using var page = server.Request("GET", "/users", viewer);
        page.Headers.Accept.ParseAdd("text/html");
        var (status, body) = await server.SendAsync(page);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("<!DOCTYPE html>", body);
    }

    [Fact]
    public async Task WrongTokens_TooMany_AreNotListenedToForAWhile()
    {
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/me", admin)).Status);
        for (var i = 0; i < FailedAttempts.Allowed; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/me", SecretToken.Create().Text)).Status);
        using var response = await server.Client.SendAsync(server.Request("GET", "/api/me", viewer), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var form = SignInRequest(viewer, "/");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.SendAsync(form)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/me", admin)).Status);
    }

    [Fact]
    public async Task Host_OfThisMachinesUser_IsLetInWithoutASecret()
    {
        // There is no machine token, and the caller is a process of the same user.
        Assert.Equal(HttpStatusCode.InternalServerError, (await server.SendAsync("GET", "/api/desired-state")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("GET", "/api/desired-state", admin)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/status")).Status);
    }

    [Fact]
    public async Task Name_OfAStrangersHost_IsRefused()
    {
        using var request = server.Request("GET", "/api/me", admin);
        request.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Tokens_AreInNoLogAndNoAnswerAndNoEntry()
    {
        var answers = new StringBuilder();
        var wrong = SecretToken.Create().Text;
        using var add = server.Request("POST", "/api/users", admin, """{"name": "ben"}""");
        var ben = Regex.Match((await server.SendAsync(add)).Body, "flt_[a-z2-7]{46}").Value;
        foreach (var token in new[] { admin, viewer, wrong, ben, ben[..^1] + "a" })
        {
            foreach (var (method, path) in new[] { ("GET", "/api/users"), ("GET", "/api/me"), ("GET", "/api/audit"), ("GET", "/api/audit/export"), ("GET", "/audit"), ("GET", "/users"), ("POST", Deploy), ("GET", "/nonsense"), ("POST", "/api/runs") })
                answers.Append((await server.SendAsync(method, path, token)).Body);
        }

        await SignInAsync(admin);
        var entries = await server.Audit.ReadAsync(0, 1000, CancellationToken.None);
        foreach (var token in new[] { admin, viewer, wrong, ben })
        {
            var secret = token[12..44];
            Assert.DoesNotContain(secret, answers.ToString());
            Assert.DoesNotContain(server.Log.Lines, line => line.Contains(secret));
            Assert.DoesNotContain(entries, entry => $"{entry}".Contains(secret));
        }
    }

    private HttpRequestMessage SignInRequest(string token, string to)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "/login")) { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token, ["to"] = to }) };
        request.Headers.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        return request;
    }

    private async Task<string> SignInAsync(string token)
    {
        using var request = SignInRequest(token, "/");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpStatusCode> GetWithAsync(string path, string cookie)
    {
        using var request = server.Request("GET", path);
        request.Headers.Add("Cookie", cookie);
        return (await server.SendAsync(request)).Status;
    }

    private async Task<string> SendRawAsync(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Url.Port, TestContext.Current.CancellationToken);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
