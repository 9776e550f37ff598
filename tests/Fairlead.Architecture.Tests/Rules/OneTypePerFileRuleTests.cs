namespace Fairlead.Architecture.Tests.Rules;

public sealed class OneTypePerFileRuleTests
{
    [Theory]
    [InlineData("namespace N;\npublic sealed class A { }\ninternal sealed class B { }")]
    [InlineData("namespace N;\npublic sealed record A(int X);\npublic enum B { X }")]
    [InlineData("namespace N;\npublic readonly record struct A;\ninterface B;")]
    [InlineData("namespace N;\npublic delegate int A(string x);\nfile struct B { }")]
    [InlineData("namespace N;\nclass A<T> where T : class { string s = \"}\"; char c = '{'; }\nclass B;")]
    [InlineData("namespace N;\nclass A { string s = $\"{(x ? \"}\" : $\"{y}\")} {{\"; /* { */ } // {\nclass B;")]
    [InlineData("namespace N;\nclass A { string s = \"\"\"\n \"{ \"\"\"; string v = @\"\\\"; }\nclass B;")]
    public void Check_TwoTypes_AreFound(string text) => Assert.Equal(
        ["'Fairlead.Steps/A.cs' declares 'A', 'B': give each type its file."],
        PlantedTree.Check<OneTypePerFileRule>(("Fairlead.Steps/A.cs", text)).Select(violation => violation.Replace("'B', 'A'", "'A', 'B'", StringComparison.Ordinal)));

    [Theory]
    [InlineData("namespace N;\npublic sealed class A { private sealed class Nested; enum Kind { X } }")]
    [InlineData("namespace N;\n/// <summary>A class B and record C.</summary>\n[JsonSerializable(typeof(B))]\npublic sealed record A(Run record, B b);")]
    [InlineData("namespace N;\npublic sealed class A<T>(string s = \"class B\")\n    where T : class\n    where U : struct { }")]
    [InlineData("namespace N;\nclass A { string s = \"\"\"\n }\n class B { }\n \"\"\"; }")]
    [InlineData("return 0;")]
    public void Check_OneType_IsFine(string text) => Assert.Empty(PlantedTree.Check<OneTypePerFileRule>(("Fairlead.Steps/A.cs", text)));
}
