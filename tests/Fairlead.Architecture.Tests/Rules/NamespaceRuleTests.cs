namespace Fairlead.Architecture.Tests.Rules;

public sealed class NamespaceRuleTests
{
    [Theory]
    [InlineData("namespace Fairlead.Steps;\nclass Planted;")]
    [InlineData("namespace Fairlead.Steps.Keys\n{\n    class Planted;\n}")]
    [InlineData("class Planted;")]
    [InlineData("// namespace Fairlead.Steps.Keys;\nclass Planted;")]
    public void Check_OtherOrNoNamespace_IsFound(string text) =>
        Assert.Contains("make it 'Fairlead.Steps.Keys'", Assert.Single(PlantedTree.Check<NamespaceRule>(("Fairlead.Steps/Keys/Planted.cs", text))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Fairlead.Steps/Keys/Planted.cs", "using System;\n\nnamespace Fairlead.Steps.Keys;\n\nclass Planted;")]
    [InlineData("Fairlead/Commands/UpCommand.cs", "namespace Fairlead.Commands;\nclass UpCommand;")]
    [InlineData("Fairlead/Program.cs", "using Fairlead;\nreturn Run(args);")]
    [InlineData("Fairlead.Steps/obj/Generated.cs", "namespace Anything;\nclass Generated;")]
    public void Check_NamespaceOfTheFolder_IsFine(string path, string text) => Assert.Empty(PlantedTree.Check<NamespaceRule>((path, text)));
}
