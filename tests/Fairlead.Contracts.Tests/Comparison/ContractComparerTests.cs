using Fairlead.Contracts.Comparison;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Problems;

namespace Fairlead.Contracts.Tests.Comparison;

public sealed class ContractComparerTests
{
    private readonly ContractComparer comparer = new();

    public static TheoryData<string> Cases => [.. ComparisonCase.All.Select(change => change.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Compare_OneChange_TellsWhatItBreaksEachWay(string name)
    {
        var change = ComparisonCase.All.Single(candidate => candidate.Name == name);
        var released = await Contract.CompileAsync(change.Released);
        var candidate = await Contract.CompileAsync(change.Candidate);

        Assert.Equal(change.Forward, Text(comparer.Compare(released, candidate)));
        Assert.Equal(change.Backward, Text(comparer.Compare(candidate, released)));
        Assert.Empty(comparer.Compare(released, released));
        Assert.Empty(comparer.Compare(candidate, candidate));
    }

    [Fact]
    public void Cases_TestEveryRule()
    {
        var tested = string.Join(' ', ComparisonCase.All.Select(change => $"{change.Forward} {change.Backward}"));

        Assert.All(Enum.GetNames<ContractRule>(), rule => Assert.Contains(rule, tested));
    }

    [Theory]
    [InlineData("message M { string text = 1; }", "message M {}", "Field 'text' (1) of 'p.M' was removed: old clients still send and read it, and 1 may be given to something else; keep it, or reserve 1 and \"text\".")]
    [InlineData("message M { string text = 1; }", "message M { reserved 1; }", "Field 'text' (1) of 'p.M' was removed: old clients know it by its name in JSON, which may be given to something else; keep it, or reserve \"text\" too.")]
    [InlineData("message M { int32 text = 1; }", "message M { string text = 1; }", "Field 'text' (1) of 'p.M' is string instead of int32: old clients cannot read the bytes of the new type; keep the type, or add a field.")]
    [InlineData("message M { int32 text = 1; }", "message M { int32 text = 2; }", "Field 'text' (1) of 'p.M' became 2: old clients look for it under 1; give it 1 again.")]
    [InlineData("message M { enum E { A = 0; B = 1; } E e = 1; }", "message M { enum E { A = 0; } E e = 1; }", "Value 'B' (1) of 'p.M.E' was removed: old clients still send and know it; keep it, or reserve 1 and \"B\".")]
    [InlineData("message M { map<string, int32> m = 1; }", "message M { map<string, M> m = 1; }", "Field 'm' (1) of 'p.M' is map<string, 'p.M'> instead of map<string, int32>: old clients cannot read the bytes of the new type; keep the type, or add a field.")]
    public async Task Compare_Change_IsOneSentenceWithReasonAndCure(string released, string candidate, string sentence)
    {
        var change = Assert.Single(comparer.Compare(await Contract.CompileAsync(released), await Contract.CompileAsync(candidate)));

        Assert.Equal(sentence, change.Message);
        Assert.Equal(sentence, change.ToString());
    }

    [Fact]
    public async Task Compare_TypesThatNobodyReaches_AreNoPartOfTheContract()
    {
        const string text = "syntax = \"proto3\"; package p; import \"o.proto\"; service S { rpc Do(o.Used) returns (o.Used); }";
        var released = await Contract.CompileAsync(text, ("o.proto", "syntax = \"proto3\"; package o; message Used { Inner i = 1; } message Inner { int32 x = 1; } message Other { int32 x = 1; }"));
        var candidate = await Contract.CompileAsync(text, ("o.proto", "syntax = \"proto3\"; package o; message Used { Inner i = 1; } message Inner { }"));

        Assert.Equal("FieldRemoved:Wire@o.Inner.x", Text(comparer.Compare(released, candidate)));
    }

    [Fact]
    public async Task Compare_TypeMovedToAnotherFile_BreaksNobody()
    {
        var released = await Contract.CompileAsync("message M { N n = 1; } message N { int32 x = 1; }");
        var candidate = await Contract.CompileAsync(
            "syntax = \"proto3\"; package p; import \"n.proto\"; service S { rpc Do(M) returns (M); } message M { N n = 1; }",
            ("n.proto", "syntax = \"proto3\"; package p; message N { int32 x = 1; }"));

        Assert.Empty(comparer.Compare(released, candidate));
        Assert.Empty(comparer.Compare(candidate, released));
    }

    [Fact]
    public async Task Compare_PackageRenamed_IsOneChangeBesideTheOthers()
    {
        var released = await Contract.CompileAsync("message M { N n = 1; int32 x = 2; } message N { E e = 1; } enum E { A = 0; }");
        var candidate = await Contract.CompileAsync("syntax = \"proto3\"; package q.r; service S { rpc Do(M) returns (M); } message M { N n = 1; string x = 2; } message N { E e = 1; } enum E { A = 0; }");

        Assert.Equal("PackageRenamed:Wire@p FieldRetyped:Wire@p.M.x", Text(comparer.Compare(released, candidate)));
        Assert.Equal("PackageRenamed:Wire@q.r FieldRetyped:Wire@q.r.M.x", Text(comparer.Compare(candidate, released)));
    }

    [Fact]
    public async Task Compare_RichContractWithItself_BreaksNobody() => Assert.Empty(comparer.Compare(await Contract.Rich, await Contract.Rich));

    [Fact]
    public async Task Compare_DamagedBytes_AreDamaged()
    {
        var rich = await Contract.Rich;

        Assert.Equal(ProblemKind.Damaged, Assert.Throws<FairleadException>(() => comparer.Compare(rich, [1, 2, 3])).Kind);
        Assert.Equal(ProblemKind.Damaged, Assert.Throws<FairleadException>(() => comparer.Compare([], rich)).Kind);
    }

    private static string Text(IReadOnlyList<ContractChange> changes) =>
        string.Join(' ', changes.Select(change => $"{change.Rule}:{change.Level}@{change.Where}"));
}
