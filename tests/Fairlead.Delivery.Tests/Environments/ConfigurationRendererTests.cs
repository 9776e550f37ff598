using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Environments;

public sealed class ConfigurationRendererTests
{
    private readonly FakeSecrets secrets = new();

    [Fact]
    public void Render_Layers_TheNearerGoesBefore()
    {
        var release = Configured.Release(1, Configured.Model(), Configured.Command());
        var rendering = Render(release, Configured.Environment("prod", ("threshold", "0.6"), ("page.threshold", "0.7"), ("weights", """{"b":null,"c":3}""")));
        Assert.Empty(rendering.Problems);
        Assert.Equal("""threshold=0.6 weights={"a":1,"c":3}""", Configured.ValuesOf(rendering.Services[0].Service));
        Assert.Equal("threshold=0.7", Configured.ValuesOf(rendering.Services[1].Service));
    }

    [Fact]
    public void Render_NothingSaid_IsTheDefaultsOfTheRelease()
    {
        var rendering = Render(Configured.Release(1, Configured.Model()), new EnvironmentDefinition("prod"));
        Assert.Equal("""{"config":{"threshold":0.5,"weights":{"a":1,"b":2}}}""", System.Text.Encoding.UTF8.GetString(rendering.Services[0].Configuration.ToBytes()));
    }

    [Fact]
    public void Render_ServiceWithoutSettings_HasTheEmptyConfiguration() =>
        Assert.Equal(GroupConfiguration.EmptyDigest, Render(Configured.Release(1, Samples.Service("late", 1)), new EnvironmentDefinition("prod")).Services[0].Digest);

    [Fact]
    public void Render_EqualValuesWrittenOtherwise_HaveOneDigest()
    {
        var release = Configured.Release(1, Configured.Model());
        Assert.Equal(
            Render(release, Configured.Environment("prod", ("threshold", "1.0"), ("weights", """{"b":2,"a":1.0}"""))).Services[0].Digest,
            Render(release, Configured.Environment("stage", ("threshold", "1"), ("weights", """{"a":1,"b":2.0}"""))).Services[0].Digest);
    }

    [Fact]
    public void Render_ManyMistakes_AreASentenceEachWithTheCure()
    {
        var release = Configured.Release(7, Configured.Model(1, Configured.Threshold, Configured.Most), Configured.Command(2, 4, ("KEY", "secret:key")));
        var environment = Configured.Environment("prod", ("treshold", "0.6"), ("threshold", "2"), ("page.mood", "1")).WithSecrets(("DB", "secret:db")) with
        {
            Instances = new Dictionary<string, InstanceBounds> { ["page"] = new() { Desired = 9 } },
        };
        Assert.Equal(
            [
                "'prod' sets 'treshold', which no service of release v007 declares: remove it from the environment, or deploy a release that declares it (did you mean 'threshold'?).",
                "'prod' sets 'mood' of service 'page', which release v007 does not declare: remove it from the environment, or deploy a release that declares it (known: threshold).",
                "The setting 'threshold' of service 'late' in 'prod' is '2'; use a number from 0 to 1 there, as release v007 declares it.",
                "'prod' gives no value to the setting 'most' of service 'late', which has no default in release v007: add 'config: { most: … }' to the environment.",
                "The setting 'threshold' of service 'page' in 'prod' is '2'; use a number from 0 to 1 there, as release v007 declares it.",
                "There is no secret 'key' for 'prod', which service 'page' wants in KEY: set it with 'fairlead secret set key --environment prod'.",
                "There is no secret 'db' for 'prod', which service 'page' wants in DB: set it with 'fairlead secret set db --environment prod'.",
                "'prod' wants 9 instances of 'page', out of the bounds of 2 to 4: change 'instances' of the environment.",
            ],
            Render(release, environment).Problems.OrderBy(problem => problem.StartsWith("There", StringComparison.Ordinal) ? 1 : problem.Contains("wants 9", StringComparison.Ordinal) ? 2 : 0)
                .ThenBy(problem => problem.Contains("secret 'db'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_Secrets_AreReferencesWithVersionsInTheDocumentAndWithoutInTheService()
    {
        secrets.Versions["db"] = 3;
        secrets.Versions["prod/db"] = 5;
        var release = Configured.Release(1, Configured.Command(null, null, ("DB", "secret:other"), ("PLAIN", "env:PLAIN")));
        var rendered = Render(release, new EnvironmentDefinition("prod").WithSecrets(("DB", "secret:db"), ("page.TOKEN", "file:/run/token"))).Services[0];
        Assert.Equal(["DB=secret:db@5", "PLAIN=env:PLAIN", "TOKEN=file:/run/token"], rendered.Configuration.Secrets.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal("secret:db", rendered.Service.Command!.Settings.Secrets!["DB"]);
    }

    [Fact]
    public void Apply_DocumentReadAgain_GivesTheSameService()
    {
        secrets.Versions["db"] = 3;
        var release = Configured.Release(1, Configured.Command(null, null, ("DB", "secret:db")));
        var environment = Configured.Environment("prod", ("threshold", "0.25")) with { Instances = new Dictionary<string, InstanceBounds> { ["page"] = new() { Desired = 4, Max = 9 } } };
        var rendered = Render(release, environment).Services[0];
        var again = ConfigurationRenderer.Apply(release.Services[0], GroupConfiguration.Parse(rendered.Configuration.ToBytes()));
        Assert.Equal(Configured.ValuesOf(rendered.Service), Configured.ValuesOf(again));
        Assert.Equal((4, 9, "secret:db"), (again.Command!.Settings.Instances, again.Command.Settings.MaxInstances, again.Command.Settings.Secrets!["DB"]));
    }

    private Rendering Render(Release release, EnvironmentDefinition environment) => new ConfigurationRenderer(release, environment, secrets).Render(release.Services);
}
