using Fairlead.Commands;
using Spectre.Console;

namespace Fairlead.Tests.Commands;

public sealed class ReplayCommandViewTests
{
    [Theory]
    [InlineData(200, 40, 5)]
    [InlineData(114, 40, 5)]
    [InlineData(100, 26, 5)]
    [InlineData(80, 20, 3)]
    [InlineData(68, 8, 3)]
    [InlineData(60, 0, 2)]
    [InlineData(20, 0, 2)]
    public void Columns_OnATerminalOfAnyWidth_FitBesideTheText(int width, int bar, int count)
    {
        var columns = ReplayCommandView.Columns(width);

        Assert.Equal(count, columns.Length);
        Assert.Equal(bar, columns.OfType<ProgressBarColumn>().Sum(column => column.Width ?? 0));
        Assert.IsType<TaskDescriptionColumn>(columns[0]);
    }
}
