using Fairlead.Conformance.Running;
using Fairlead.Conformance.Tests.WrongServers;

namespace Fairlead.Conformance.Tests.Rules;

public sealed class RuleListTests
{
    [Fact]
    public void All_Names_AreUniqueAndLieInAGroup()
    {
        Assert.Equal(RuleList.All.Count, RuleList.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(RuleList.All, rule => Assert.Matches("^(rest|grpc)(/[a-z0-9-]+){2,3}$", rule.Name));
        Assert.True(RuleList.All.Count >= 350, $"{RuleList.All.Count} rules");
    }

    [Fact]
    public void All_Requirements_NameDocumentSectionAndSentence() => Assert.All(RuleList.All, rule =>
    {
        Assert.NotEmpty(rule.Requirement.Document);
        Assert.NotEmpty(rule.Requirement.Section);
        Assert.EndsWith(".", rule.Requirement.Sentence, StringComparison.Ordinal);
        Assert.Equal(rule.Requirement.Level == Level.Extension, rule.Requirement.Extension is not null);
    });

    /// <summary>A rule that both servers pass checks nothing.</summary>
    [Fact]
    public async Task All_TwoServersThatAreWrongEverywhere_FailEachRuleAtLeastOnce()
    {
        await using var yes = await WrongServer.SayYesAsync();
        await using var no = await WrongServer.SayNoAsync();
        var passedYes = await PassedAsync(yes);
        var passedNo = await PassedAsync(no);
        Assert.Empty(passedYes.Intersect(passedNo));
        Assert.InRange(RuleList.All.Count - passedYes.Count, RuleList.All.Count / 2, RuleList.All.Count);
    }

    private static async Task<IReadOnlyList<string>> PassedAsync(WrongServer server)
    {
        var results = await new Suite(server.Target, TimeProvider.System).CheckAsync(RuleList.All, _ => { }, TestContext.Current.CancellationToken);
        Assert.Empty(results.Where(result => result.Verdict.Reason.StartsWith(Suite.Unjudged, StringComparison.Ordinal)).Select(result => result.Rule.Name));
        return [.. results.Where(result => result.Verdict.Outcome != Outcome.Fail).Select(result => result.Rule.Name)];
    }
}
