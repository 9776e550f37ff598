using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.CommandLine;

/// <summary>A console on which a table that is too wide is written row by row, a line for each column that holds something, rather than with its words cut to pieces.</summary>
internal sealed class NarrowConsole(IAnsiConsole inner) : IAnsiConsole
{
    /// <summary>Wider than any table.</summary>
    private const int Unbounded = 4096;
    private const string Indent = "  ";

    public Profile Profile => inner.Profile;

    public IAnsiConsoleCursor Cursor => inner.Cursor;

    public IAnsiConsoleInput Input => inner.Input;

    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    public RenderPipeline Pipeline => inner.Pipeline;

    public void Clear(bool home) => inner.Clear(home);

    public void Write(IRenderable renderable)
    {
        if (renderable is Table { ShowHeaders: true, Rows.Count: > 0 } table && !Fits(table))
            WriteRows(table);
        else
            inner.Write(renderable);
    }

    /// <summary>Whether no word has to be cut when the widest columns are narrowed first, which is how tables are laid out.</summary>
    private bool Fits(Table table)
    {
        var options = RenderOptions.Create(this, inner.Profile.Capabilities);
        var columns = table.Columns.Select((column, index) => Measure(column, table.Rows.Select(row => row.ElementAt(index)), options)).ToList();
        var lines = ((IRenderable)table).Measure(options, Unbounded).Max - columns.Sum(column => column.Max);
        var room = inner.Profile.Width - lines;
        var widest = columns.Max(column => column.Max);
        while (widest > 0 && columns.Sum(column => Math.Min(column.Max, widest)) > room)
            widest--;
        return columns.TrueForAll(column => column.Min <= widest || column.Max <= widest);
    }

    private static Measurement Measure(TableColumn column, IEnumerable<IRenderable> cells, RenderOptions options)
    {
        var measured = cells.Prepend(column.Header).Select(cell => cell.Measure(options, Unbounded)).ToList();
        var widest = measured.Max(cell => cell.Max);
        return new Measurement(column.NoWrap ? widest : measured.Max(cell => cell.Min), widest);
    }

    private void WriteRows(Table table)
    {
        inner.WriteLine();
        foreach (var row in table.Rows)
        {
            var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(Indent.Length, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
            foreach (var (column, cell) in table.Columns.Zip(row).Where(pair => !IsBlank(pair.Second)))
                grid.AddRow(column.Header, cell);
            inner.Write(grid);
            inner.WriteLine();
        }
    }

    private bool IsBlank(IRenderable cell) => cell.GetSegments(inner).All(segment => string.IsNullOrWhiteSpace(segment.Text));
}
