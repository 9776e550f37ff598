namespace Fairlead.Architecture.Tests.Rules;

public sealed class DefaultBangRuleTests
{
    [Theory]
    [InlineData("A.cs", "namespace N;\nclass A { string Name { get; set; } = default!; }")]
    [InlineData("A.cs", "namespace N;\nclass A { string Name = default(string)!; }")]
    [InlineData("A.razor", "@code { [Parameter] public string Name { get; set; } = default!; }")]
    public void Check_DefaultBang_IsFound(string name, string text) => Assert.Equal(
        [$"'Fairlead.Web/{name}' says 'default!': make the member required, or nullable."],
        PlantedTree.Check<DefaultBangRule>(($"Fairlead.Web/{name}", text)));

    [Fact]
    public void Check_DefaultElsewhere_IsFine() => Assert.Empty(PlantedTree.Check<DefaultBangRule>(
        ("Fairlead.Web/A.cs", "namespace N;\nclass A { int x = default; string s = \"default!\"; bool b = x == default != y; } // default!")));
}
