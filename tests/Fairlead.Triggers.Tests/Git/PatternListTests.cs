using Fairlead.Triggers.Git;

namespace Fairlead.Triggers.Tests.Git;

public sealed class PatternListTests
{
    [Theory]
    [InlineData("main", "main", true)]
    [InlineData("main", "mainline", false)]
    [InlineData("release/*", "release/1.0", true)]
    [InlineData("release/*", "release/1/2", false)]
    [InlineData("release/**", "release/1/2", true)]
    [InlineData("**/*.md", "a/b/c.md", true)]
    [InlineData("**/*.md", "c.md", true)]
    [InlineData("v?.[0-9]", "v1.5", true)]
    [InlineData("v?.[!0-4]", "v1.3", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("src/**,!src/docs/**", "src/a.cs", true)]
    [InlineData("src/**,!src/docs/**", "src/docs/a.md", false)]
    [InlineData("src/**,!src/docs/**,src/docs/keep.md", "src/docs/keep.md", true)]
    [InlineData("!docs/**", "src/a.cs", true)]
    [InlineData("!docs/**", "docs/a.md", false)]
    [InlineData("*", "zeile\nzwei", true)]
    [InlineData("[", "[", true)]
    public void IsMatch_Pattern_DecidesByTheLastThatMatches(string patterns, string name, bool isMeant) => Assert.Equal(isMeant, new PatternList(patterns.Split(',')).IsMatch(name));

    [Fact]
    public void IsMatch_NoPatterns_MeansEverything() => Assert.True(new PatternList([]).IsMatch("anything"));

    [Fact]
    public void IsMatch_HostilePatternAndName_EndsAtOnce()
    {
        var patterns = new PatternList([string.Concat(Enumerable.Repeat("*a", 200))]);
        Assert.False(patterns.IsMatch(new string('a', 100_000) + "b/"));
    }
}
