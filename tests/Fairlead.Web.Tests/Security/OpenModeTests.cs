using System.Net;
using System.Text.Json;
using Fairlead.Domain.Identity;

namespace Fairlead.Web.Tests.Security;

/// <summary>Without users all is as on a laptop of one's own, until the first one is added.</summary>
public sealed class OpenModeTests
{
    [Fact]
    public async Task Anything_WithoutUsers_IsAllowedUnderTheNameThatIsGiven()
    {
        await using var server = await GateServer.StartAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, (await server.SendAsync("GET", "/api/status")).Status);
        using var request = server.Request("POST", "/api/environments/prod/rollback");
        request.Headers.Add("fairlead-user", "j%C3%B6rg%0Aadmin");
        request.Headers.Add("fairlead-client", "cli");
        await server.SendAsync(request);
        var entries = await server.Audit.ListAsync(new AuditFilter(), CancellationToken.None);
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal(("jörg\uFFFDadmin", "cli"), (entry.Who, entry.Via)));
    }

    [Fact]
    public async Task FirstUser_Added_ClosesTheDoor()
    {
        await using var server = await GateServer.StartAsync();
        using var notAdmin = server.Request("POST", "/api/users", body: """{"name": "ann", "roles": ["viewer"]}""");
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(notAdmin)).Status);
        using var first = server.Request("POST", "/api/users", body: """{"name": "ann", "roles": ["admin"]}""");
        var (status, body) = await server.SendAsync(first);
        Assert.Equal(HttpStatusCode.OK, status);
        var token = JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
        using var second = server.Request("POST", "/api/users", body: """{"name": "eve", "roles": ["admin"]}""");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(second)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/me")).Status);
        (status, body) = await server.SendAsync("GET", "/api/me", token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"name\":\"ann\"", body);
    }

    [Fact]
    public async Task MachineToken_BeforeAndAfterTheFirstUser_OpensAllAndThenOnlyWhatHostsNeed()
    {
        await using var server = await GateServer.StartAsync("machine-secret");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/me", "machine-secre")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/users", "machine-secret")).Status);
        await server.AddAsync("ann", "admin");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("GET", "/api/users", "machine-secret")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("GET", "/api/live", "machine-secret")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/desired-state")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await server.SendAsync("GET", "/api/desired-state", "machine-secret")).Status);
    }
}
