namespace Fairlead.Architecture.Tests.Rules;

public sealed class ProgramLengthRuleTests
{
    [Fact]
    public void Check_LongProgram_IsFound() => Assert.Equal(
        ["'Fairlead/Program.cs' has 81 lines: 80 at most, so move a chapter of the story to its feature."],
        PlantedTree.Check<ProgramLengthRule>(("Fairlead/Program.cs", string.Concat(Enumerable.Repeat("//\n", 81)))));

    [Fact]
    public void Check_ShortProgramBesideALongFile_IsFine() =>
        Assert.Empty(PlantedTree.Check<ProgramLengthRule>(("Fairlead/Program.cs", string.Concat(Enumerable.Repeat("//\n", 80))), ("Fairlead/Other.cs", string.Concat(Enumerable.Repeat("//\n", 81)))));
}
