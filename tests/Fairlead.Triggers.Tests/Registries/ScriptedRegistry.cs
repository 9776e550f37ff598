using System.Text;
using Fairlead.Testing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Triggers.Tests.Registries;

/// <summary>A registry with one tag, which wants to know who asks in one of the ways that there are.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private const string Token = "t0ken";
    private readonly string? scheme;
    private readonly string basic;
    private LocalServer? server;

    private ScriptedRegistry(string? scheme, string credentials) => (this.scheme, basic) = (scheme, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    public string Manifest { get; set; } = "";

    public string Host => server!.Url.Authority;

    public static async Task<ScriptedRegistry> StartAsync(string? scheme, string credentials)
    {
        var registry = new ScriptedRegistry(scheme, credentials);
        registry.server = await LocalServer.StartAsync(registry.AnswerAsync);
        return registry;
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (context.Request.Path == "/token")
        {
            Assert.Equal("repository:models/late:pull", context.Request.Query["scope"]);
            context.Response.StatusCode = authorization == basic ? 200 : 401;
            await context.Response.WriteAsync(authorization == basic ? $"{{\"token\":\"{Token}\"}}" : "{}");
            return;
        }

        Assert.Equal("/v2/models/late/manifests/stable", context.Request.Path);
        if (scheme is not null && authorization != (scheme == "basic" ? basic : $"Bearer {Token}"))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = scheme == "basic" ? "Basic realm=\"r\"" : $"Bearer realm=\"{server!.Url}token\",service=\"s\"";
            return;
        }

        await context.Response.WriteAsync(Manifest);
    }
}
