using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;

namespace Fairlead.ProjectFile.Tests;

public sealed class EnvironmentOverlayTests
{
    private const string Services =
        """
        project: p
        services:
          page: { command: x, config: { threshold: 0.5, weights: { type: map, default: { a: 1 } }, words: [a] } }
          other: { command: y, config: { threshold: 0.5 } }
        environments:

        """;

    [Fact]
    public void Extends_MapsAndLists_MergeAndReplace()
    {
        var acme = Read("""
              prod: { config: { weights: { a: 2, b: 3 }, words: [b, c] } }
              acme: { extends: prod, config: { weights: { b: 4 }, words: [d] } }
            """, "acme");
        Assert.Equal("""{"a":2,"b":4}""", acme.Config!.Shared["weights"].GetRawText());
        Assert.Equal("""["d"]""", acme.Config.Shared["words"].GetRawText());
    }

    [Fact]
    public void Extends_EmptyValue_TakesAwayWhatWasInherited()
    {
        var acme = Read("""
              prod: { customer: shop, judges: [ann], config: { threshold: 0.9, page: { threshold: 0.8 } } }
              acme: { extends: prod, customer: , judges: , config: { threshold: , page: } }
            """, "acme");
        Assert.Null(acme.Customer);
        Assert.Null(acme.Judges);
        Assert.Null(acme.Config);
    }

    [Fact]
    public void Extends_EmptyValueInsideASetting_IsKeptForTheDefaultOfTheRelease()
    {
        var acme = Read("""
              prod: { config: { weights: { a: 2 } } }
              acme: { extends: prod, config: { weights: { a: } } }
            """, "acme");
        Assert.Equal("""{"a":null}""", acme.Config!.Shared["weights"].GetRawText());
    }

    [Fact]
    public void Extends_HostsAndPort_StayWithTheirOwner()
    {
        var acme = Read("""
              prod: { hosts: [prod.example.com], port: 7081, keep-previous: 2h }
              acme: { extends: prod }
            """, "acme");
        Assert.Empty(acme.Hosts);
        Assert.Null(acme.Port);
        Assert.Equal(TimeSpan.FromHours(2), acme.Delivery!.KeepFor);
    }

    [Fact]
    public void Extends_AnotherStrategy_DropsWhatTheInheritedOneWasMadeOf()
    {
        var acme = Read("""
              prod: { strategy: canary, traffic: ["5%", "100%"], each: 1m, baseline: fresh, on-bad-health: pause }
              acme: { extends: prod, strategy: rolling, batch: 10% }
            """, "acme");
        Assert.Equal(StrategyKind.Rolling, acme.Delivery!.Strategy!.Kind);
        Assert.Empty(acme.Delivery.Strategy.Traffic);
        Assert.Equal(TimeSpan.FromMinutes(1), acme.Delivery.Strategy.Each);
        Assert.True(acme.Delivery.Strategy.PauseOnBadHealth);
    }

    [Fact]
    public void Extends_SeveralDeep_EveryValueSaysWhereItCameFrom()
    {
        var acme = Read("""
              base: { customer: shop, health: { errors: "< 2%", for: 1m }, config: { threshold: 0.6 } }
              prod: { extends: base, health: { for: 2m }, config: { page: { threshold: 0.7 } } }
              acme: { extends: prod, customer: acme }
            """, "acme");
        Assert.Equal(
            ["extends = prod (acme)", "customer = acme (acme)", "config.page.threshold = 0.7 (prod)", "config.threshold = 0.6 (base)", "health.errors = < 2% (base)", "health.for = 2m (prod)"],
            acme.Values!.Select(value => $"{value.Key} = {ConfigJson.Text(value.Value)} ({value.From})"));
    }

    [Theory]
    [InlineData("a: { extends: b }", "refers to environment 'b', which is not declared")]
    [InlineData("a: { extends: a }", "environments extend one another in a circle ('a' > 'a')")]
    [InlineData("a: { customer: }", "'customer' of environment 'a' has no value, and there is none to inherit")]
    [InlineData("a: { config: { thresold: 1 } }", "which no service declares; did you mean 'threshold'?")]
    [InlineData("a: { config: { threshold: x } }", "'threshold' in 'config' of environment 'a' is 'x'; use a number")]
    [InlineData("a: { config: { other: { words: [a] } } }", "sets 'words' of service 'other', which does not declare it")]
    [InlineData("a: { secrets: { A: hunter22 } }", "which is not a reference to a secret")]
    [InlineData("a: { instances: { page: { min: 3, max: 2 } } }", "has 'min: 3' above 'max: 2'")]
    public void Environment_BadValue_IsRefusedWithTheCure(string environment, string message)
    {
        var reading = new YamlProjectReader().Read(Services + "  " + environment);
        Assert.Contains(reading.Problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Extends_EightCircles_AreOneProblemEach()
    {
        var text = Services + string.Concat(Enumerable.Range(0, 8).Select(i => $"  a{i}: {{ extends: b{i} }}\n  b{i}: {{ extends: c{i} }}\n  c{i}: {{ extends: a{i} }}\n"));
        Assert.Equal(8, new YamlProjectReader().Read(text).Problems.Count);
    }

    [Fact]
    public void Extends_TooDeep_IsRefused()
    {
        var text = Services + "  a0: {}\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"  a{i}: {{ extends: a{i - 1} }}\n"));
        Assert.Contains(new YamlProjectReader().Read(text).Problems, problem => problem.Message.Contains("more than 7 deep", StringComparison.Ordinal));
    }

    [Fact]
    public void Extends_ManyOfALargeOne_IsBounded()
    {
        var config = string.Join(", ", Enumerable.Range(0, 2000).Select(i => $"k{i}: 1"));
        var text = $"project: p\nservices: {{ s: {{ command: x, config: {{ w: {{ type: map, default: {{ }} }} }} }} }}\nenvironments:\n  base: {{ config: {{ w: {{ {config} }} }} }}\n"
            + string.Concat(Enumerable.Range(0, 2000).Select(i => $"  e{i}: {{ extends: base, config: {{ w: {{ own: {i} }} }} }}\n"));
        Assert.Contains(new YamlProjectReader().Read(text).Problems, problem => problem.Message.Contains("inherit more than", StringComparison.Ordinal));
    }

    [Fact]
    public void Instances_NumberAndBounds_AreTheDesiredOneAndItsLimits()
    {
        var project = new YamlProjectReader().Read("project: p\nservices: { a: { command: x, instances: 3 }, b: { command: x, instances: { min: 2, max: 5 } } }").Project!;
        Assert.Equal((3, null, null), Bounds(project, "a"));
        Assert.Equal((2, 2, 5), Bounds(project, "b"));
    }

    private static (int, int?, int?) Bounds(ProjectDefinition project, string service)
    {
        var settings = project.Services.Single(one => one.Name == service).Command!.Settings;
        return (settings.Instances, settings.MinInstances, settings.MaxInstances);
    }

    private static EnvironmentDefinition Read(string environments, string name)
    {
        var reading = new YamlProjectReader().Read(Services + environments);
        Assert.Equal([], reading.Problems);
        return reading.Project!.Environments.Single(environment => environment.Name == name);
    }
}
