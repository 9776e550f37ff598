using System.Net;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Runs;

namespace Fairlead.Web.Tests.Pages;

/// <summary>The overview, runs and releases as they come from a real catalog and store.</summary>
public sealed class StoredPagesTests : IAsyncLifetime
{
    private PageServer server = null!;

    public async ValueTask InitializeAsync() => server = await PageServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Overview_OfAProjectThatCannotBeRead_ShowsWhatIsLiveAllTheSame()
    {
        await server.Catalog.Releases.AddAsync(name => PageSamples.Release(1) with { Name = name }, CancellationToken.None);
        await server.Catalog.ServerGroups.AddAsync(
            [("late", "prod", name => PageSamples.Group("late", "prod", 1, ServerGroupStatus.Enabled, 100) with { Name = name })], CancellationToken.None);
        await server.Catalog.ServerGroups.UpdateAsync(
            [], (version, _) => new DesiredState { Version = version, Project = "flights", Environments = [new("prod")], ServerGroups = [] }, CancellationToken.None);

        var (status, page) = await server.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(UnreadableWorkspace.Problem, page.QuerySelector("[role=note]").Text());
        Assert.Equal("v001 100%", page.QuerySelector(".matrix .headline").Text());
    }

    [Fact]
    public async Task Run_WithALongLog_ShowsItsEnd()
    {
        var log = await server.Store.PutBytesAsync(System.Text.Encoding.UTF8.GetBytes(new string('x', 300 * 1024) + " the end"), CancellationToken.None);
        var run = await server.Catalog.Runs.StartAsync("train", id => PageSamples.Run("train", 1, RunStatus.Running) with { Id = id }, CancellationToken.None);
        await server.Catalog.Runs.FinishAsync(PageSamples.Run("train", 1) with { Id = run.Id, Log = log }, CancellationToken.None);

        var (status, page) = await server.GetAsync("/runs/train-1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.EndsWith("the end", page.QuerySelector(".log").Text());
        Assert.Equal(256 * 1024, page.QuerySelector(".log")!.TextContent.Length);
        Assert.Equal("Log, from its end", page.QuerySelector("#log").Text());
    }

    [Fact]
    public async Task Release_OfTheCatalog_IsShown()
    {
        await server.Catalog.Releases.AddAsync(name => PageSamples.Release(1) with { Name = name }, CancellationToken.None);

        var (status, page) = await server.GetAsync("/releases/v001");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Release v001", page.QuerySelector("h1").Text());
    }

    [Theory]
    [InlineData("/runs/train-9", HttpStatusCode.NotFound)]
    [InlineData("/runs/nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/releases/v009", HttpStatusCode.NotFound)]
    [InlineData("/releases/%3Cscript%3E", HttpStatusCode.BadRequest)]
    public async Task Pages_OfThingsThatAreNotThere_AreErrorPages(string path, HttpStatusCode expected)
    {
        var (status, page) = await server.GetAsync(path);

        Assert.Equal(expected, status);
        Assert.NotEqual("", page.QuerySelector("[role=alert]").Text());
        Assert.Empty(page.QuerySelectorAll("script"));
    }
}
