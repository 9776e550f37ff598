using System.Text.Json;
using Fairlead.Delivery.Environments;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Projects;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;
using Fairlead.Web.Security;

namespace Fairlead.Web.Tests.Pages;

public sealed class EnvironmentPageTests
{
    [Fact]
    public async Task Page_OfAnEnvironment_ShowsValuesWithTheirOriginWhatRunsAndWhatWouldChange()
    {
        var page = await RenderedPage.OfAsync<EnvironmentPage>(EnvironmentDetailView.Of(Report(), new EnvironmentDiff("acme", "acme with v003", [new("services", "late.config.threshold", "0.7", "0.8")], ["It is closed."])));

        Assert.Equal("Environment acme", page.QuerySelector("h1").Text());
        Assert.Equal("inherits from prod", page.QuerySelector(".subtitle").Text());
        Assert.Contains("threshold = 0.7", page.QuerySelector("section[aria-labelledby=live]").Text(), StringComparison.Ordinal);
        Assert.Equal("It is closed.", page.QuerySelector("section[aria-labelledby=preview] .alarm").Text());
        Assert.Equal("late.config.threshold 0.7 0.8", page.QuerySelector("section[aria-labelledby=preview] tbody tr").Text());
        Assert.Equal(["config.threshold 0.7 acme", "customer shop prod"], page.QuerySelectorAll("section[aria-labelledby=values] tbody tr").Select(row => row.Text()));
        Assert.Equal("/environments/prod", page.QuerySelector("section[aria-labelledby=values] tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Page_OfAnEmptyEnvironment_SaysSo()
    {
        var page = await RenderedPage.OfAsync<EnvironmentPage>(EnvironmentDetailView.Of(new EnvironmentReport(new EnvironmentDefinition("stage"), []), null));

        Assert.Equal(2, page.QuerySelectorAll(".none").Length);
        Assert.Null(page.QuerySelector("#preview"));
    }

    [Fact]
    public void Configuration_OfAnEnvironmentThatOneMayNotSee_IsNotTold()
    {
        var group = Report().Live[0];
        Principal Holding(params string[] roles) => new() { Name = "ann", Kind = PrincipalKind.User, Grants = [.. roles.Select(RoleGrant.Parse)] };
        Assert.Null(ConfigurationSight.Of(group, Holding("viewer@stage")).Service.Config);
        Assert.NotNull(ConfigurationSight.Of(group, Holding("viewer@acme")).Service.Config);
        Assert.NotNull(ConfigurationSight.Of(group, Holding("viewer")).Service.Config);
    }

    private static EnvironmentReport Report()
    {
        var group = PageSamples.Group("late", "acme", 2, ServerGroupStatus.Enabled, 100);
        return new EnvironmentReport(
            new EnvironmentDefinition("acme") { Extends = "prod", Values = [new("config.threshold", Json("0.7"), "acme"), new("customer", Json("\"shop\""), "prod")] },
            [group with { Service = group.Service with { Config = [new("threshold", ConfigType.Number) { Default = Json("0.5"), Value = Json("0.7") }] } }]);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
