using Fairlead.Commands;

namespace Fairlead.Tests.Commands;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("abc", 5, "abc")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abcd", 1, "…")]
    [InlineData("abcd", 0, "")]
    [InlineData("abcd", -3, "")]
    [InlineData("", 3, "")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("a\tb\u001b[31mc", 9, "a b [31mc")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    public void Cut_Text_TakesNoMoreThanItsRoom(string text, int room, string expected)
    {
        Assert.Equal(expected, CellText.Cut(text, room));
        Assert.True(CellText.Width(CellText.Cut(text, room)) <= Math.Max(0, room));
        Assert.Equal(Math.Max(0, room), CellText.Width(CellText.Fill(text, room)));
    }
}
