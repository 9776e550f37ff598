using System.Net;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Pages and their assets over a real socket.</summary>
public sealed class PageEndpointsTests : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        app = builder.Build();
        app.MapGet("/assets/{name}", (string name, HttpResponse response) => PageAssets.Serve(name, response));
        app.MapGet("/", () => PageResults.Of(PageSamples.Overview()));
        app.MapGet("/broken", () => PageResults.Of(new ErrorView(409, "Not now.")));
        await app.StartAsync(TestContext.Current.CancellationToken);
        client.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Page_OverHttp_IsWholeHtml()
    {
        using var response = await client.GetAsync("/", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", html.TrimStart());
        Assert.EndsWith("</html>", html.TrimEnd());
        Assert.DoesNotContain("<!--Blazor", html);
    }

    [Fact]
    public async Task ErrorPage_OverHttp_CarriesItsStatus()
    {
        using var response = await client.GetAsync("/broken", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Assets_ThatPagesLinkTo_AreServedAndRevalidated()
    {
        foreach (var path in new[] { PageAssets.StyleSheet, PageAssets.Icon })
        {
            using var first = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.NotNull(first.Headers.ETag);
            Assert.Contains("immutable", first.Headers.CacheControl!.ToString());

            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag);
            using var second = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Theory]
    [InlineData("/assets/nothing.css")]
    [InlineData("/assets/..%2ffairlead.css")]
    public async Task Assets_OfOtherNames_AreNotFound(string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
