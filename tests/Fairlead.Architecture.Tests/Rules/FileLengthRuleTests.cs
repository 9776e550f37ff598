namespace Fairlead.Architecture.Tests.Rules;

public sealed class FileLengthRuleTests
{
    [Theory]
    [InlineData("Planted.cs")]
    [InlineData("Planted.razor")]
    [InlineData("planted.sql")]
    public void Check_FileAboveTheWall_IsFound(string name) => Assert.Equal(
        [$"'Fairlead.Steps/{name}' has 501 lines: split it, 500 is the wall."],
        PlantedTree.Check<FileLengthRule>(($"Fairlead.Steps/{name}", string.Join('\n', Enumerable.Repeat("//", 501)))));

    [Fact]
    public void Check_FileAtTheWall_IsFine() =>
        Assert.Empty(PlantedTree.Check<FileLengthRule>(("Fairlead.Steps/Planted.cs", string.Concat(Enumerable.Repeat("//\n", 500))), ("Fairlead.Steps/Empty.cs", "")));
}
