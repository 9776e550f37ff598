using Fairlead.Conformance.Running;
using Fairlead.Conformance.Tests.Running;

namespace Fairlead.Conformance.Tests.Serving;

/// <summary>The judge's verdict on the real program.</summary>
[Collection(ServedModels.Collection)]
public sealed class ConformanceTests(ServedModels served)
{
    [Fact]
    public async Task Serve_EveryRule_Passes()
    {
        using var target = new Target(new Uri($"http://{served.Rest}"), served.Rpc);

        var results = await new Suite(target, TimeProvider.System).RunAsync(RuleList.All, _ => { }, TestContext.Current.CancellationToken);

        Assert.Empty(results.Where(result => result.Verdict.Outcome != Outcome.Pass).Select(result => $"{result.Rule.Name}: {result.Verdict.Outcome} {result.Verdict.Reason}"));
        Assert.Equal(RuleList.All.Count, results.Count);
    }

    [Fact]
    public async Task Suite_WithoutGrpc_SkipsThoseRules()
    {
        using var target = new Target(new Uri($"http://{served.Rest}"), grpc: null);

        var results = await new Suite(target, TimeProvider.System).RunAsync(RuleList.All.Where(rule => rule.Name.StartsWith("grpc/", StringComparison.Ordinal)), _ => { }, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Equal(Outcome.Skip, result.Verdict.Outcome));
    }
}
