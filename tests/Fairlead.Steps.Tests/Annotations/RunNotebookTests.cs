using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Annotations;

public sealed class RunNotebookTests
{
    private static readonly RunId Run = new("train", 1);
    private readonly RunNotebook notebook = new(new MemoryRecords(), TimeProvider.System);

    [Fact]
    public async Task Tag_GivenTwiceAndTaken_IsThereOnceAndThenNot()
    {
        await notebook.TagAsync(Run, "fast", "ann", TestProject.Token);
        await notebook.TagAsync(Run, "fast", "bob", TestProject.Token);
        await notebook.TagAsync(Run, "a.b-c_1", "bob", TestProject.Token);
        await notebook.TagAsync(new RunId("train", 2), "other", "bob", TestProject.Token);
        Assert.Equal(["a.b-c_1", "fast"], (await TagsAsync()).Select(tag => tag.Name));
        Assert.Equal("ann", (await TagsAsync())[1].By);

        await notebook.UntagAsync(Run, "fast", TestProject.Token);

        Assert.Equal(["a.b-c_1"], (await TagsAsync()).Select(tag => tag.Name));
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => notebook.UntagAsync(Run, "fast", TestProject.Token))).Kind);
        await notebook.TagAsync(Run, "fast", "bob", TestProject.Token);
        Assert.Equal("bob", (await TagsAsync())[1].By);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData("a\u202eb")]
    [InlineData("'; drop table runs")]
    public async Task Tag_OfAnythingButAWord_IsRefused(string? tag) =>
        Assert.Contains("is no tag", (await Assert.ThrowsAsync<FairleadException>(() => notebook.TagAsync(Run, tag, "ann", TestProject.Token))).Message);

    [Fact]
    public async Task Note_OfLinesAndStrangeCharacters_IsKeptSafeToShowOldestFirst()
    {
        await notebook.NoteAsync(Run, "first\r\nsecond\u0007\u202e ", "ann", TestProject.Token);
        await notebook.NoteAsync(Run, "later", "bob", TestProject.Token);
        var notes = (await notebook.AnnotateAsync([Sample()], TestProject.Token))[0].Annotations!.Notes;
        Assert.Equal(["first\nsecond\uFFFD\uFFFD", "later"], notes.Select(note => note.Text));
        Assert.Equal(["ann", "bob"], notes.Select(note => note.By));
    }

    [Fact]
    public async Task Note_OfNothingOrTooMuch_IsRefused()
    {
        foreach (var text in new[] { null, " \n ", new string('x', 4001) })
            Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => notebook.NoteAsync(Run, text, "ann", TestProject.Token))).Kind);
    }

    private static Run Sample() => Comparison.SampleRun.Of("train", 1);

    private async Task<IReadOnlyList<RunTag>> TagsAsync() => (await notebook.AnnotateAsync([Sample(), Comparison.SampleRun.Of("train", 3)], TestProject.Token))[0].Annotations!.Tags;
}
