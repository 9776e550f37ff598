using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Triggers.Tests.Registries;

/// <summary>A registry with one tag, which wants to know who asks in one of the ways that there are.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private const string Token = "t0ken";
    private readonly WebApplication app;
    private readonly string? scheme;
    private readonly string basic;

    private ScriptedRegistry(WebApplication app, string? scheme, string credentials) =>
        (this.app, this.scheme, basic) = (app, scheme, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    public string Manifest { get; set; } = "";

    public string Host => new Uri(Url).Authority;

    private string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<ScriptedRegistry> StartAsync(string? scheme, string credentials)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new ScriptedRegistry(builder.Build(), scheme, credentials);
        registry.app.Run(registry.AnswerAsync);
        await registry.app.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

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
            context.Response.Headers.WWWAuthenticate = scheme == "basic" ? "Basic realm=\"r\"" : $"Bearer realm=\"{Url}/token\",service=\"s\"";
            return;
        }

        await context.Response.WriteAsync(Manifest);
    }
}
