using System.Text;
using Fairlead.Triggers.Running;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Registries;

public sealed class RegistryTriggerTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("basic")]
    [InlineData("bearer")]
    public async Task Look_TagMoves_FiresAlsoForTheWayBack(string? scheme)
    {
        await using var registry = await ScriptedRegistry.StartAsync(scheme, "ann:s3cret");
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ registry: {{ image: \"{registry.Host}/models/late:stable\", plain: true, credentials: env:REGISTRY, interval: 5s }} }}"));
        bench.Secrets["env:REGISTRY"] = "ann:s3cret";
        registry.Manifest = "one";
        await bench.RoundAsync(10);
        Assert.Null((await bench.Desk.FindAsync("release/registry", TriggerBench.Token)).Trigger.Problem);
        await bench.RoundAsync(10);
        Assert.Empty(await bench.ExecutionsAsync());
        foreach (var content in new[] { "two", "one", "one" })
        {
            registry.Manifest = content;
            await bench.RoundAsync(10);
        }

        var executions = await bench.ExecutionsAsync();
        Assert.Equal([Digest("two"), Digest("one")], executions.Select(execution => execution.Plan.Cause.Detail!.Split(' ')[3]));
    }

    [Fact]
    public async Task Look_RealRegistry_SaysWhatTheTagStandsFor()
    {
        await using var registry = await RealRegistry.StartAsync(TriggerBench.Token);
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ registry: {{ image: \"{registry.Host}/models/late:stable\", plain: true, interval: 5s }}, inputs: {{ digest: \"${{{{ trigger.digest }}}}\" }} }}", "{ digest: { } }"));
        // There is no such tag yet, which is nothing wrong.
        await bench.RoundAsync(10);
        var first = await registry.PushAsync("stable", "one", TriggerBench.Token);
        await registry.PushAsync("other", "two", TriggerBench.Token);
        await bench.RoundAsync(10);
        var second = await registry.PushAsync("stable", "three", TriggerBench.Token);
        await bench.RoundAsync(10);
        await bench.RoundAsync(10);
        Assert.Null((await bench.Desk.FindAsync("release/registry", TriggerBench.Token)).Trigger.Problem);
        Assert.Equal([first, second], (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Inputs["digest"].GetString()));
    }

    [Fact]
    public async Task Look_WrongCredentials_AreSaidWithoutThem()
    {
        await using var registry = await ScriptedRegistry.StartAsync("bearer", "ann:right");
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ registry: {{ image: \"{registry.Host}/models/late:stable\", plain: true, credentials: env:REGISTRY, interval: 5s }} }}"));
        bench.Secrets["env:REGISTRY"] = "ann:wr0ng";
        await bench.RoundAsync(10);
        var report = (await bench.Desk.FindAsync("release/registry", TriggerBench.Token)).Trigger;
        Assert.Equal(TriggerStatus.Failing, report.Status);
        Assert.Contains("correct the credentials", report.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", report.Problem, StringComparison.Ordinal);
    }

    private static string Digest(string content) => $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";
}
