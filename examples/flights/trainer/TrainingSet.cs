namespace Trainer;

/// <summary>The flights to learn from, one array per column.</summary>
internal sealed record TrainingSet
{
    private static readonly string[] Columns = ["hour", "day_of_week", "distance", "origin", "destination", "late"];

    /// <summary>0 to 23.</summary>
    public required int[] Hour { get; init; }

    /// <summary>1 to 7.</summary>
    public required int[] DayOfWeek { get; init; }

    /// <summary>Miles.</summary>
    public required float[] Distance { get; init; }

    /// <summary>Index into <see cref="Origins"/>.</summary>
    public required int[] Origin { get; init; }

    /// <summary>Index into <see cref="Destinations"/>.</summary>
    public required int[] Destination { get; init; }

    public required bool[] Late { get; init; }

    public required Category Origins { get; init; }

    public required Category Destinations { get; init; }

    public int Rows => Late.Length;

    public double LateShare => Late.Count(late => late) / (double)Rows;

    /// <param name="path">CSV with a header, without quotes.</param>
    /// <exception cref="FormatException">A column is missing, or a line cannot be read.</exception>
    public static TrainingSet Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var positions = Positions(lines.FirstOrDefault() ?? "");
        var rows = lines.Length - 1;
        if (rows < 1)
            throw new FormatException("The training data holds no flight; widen 'train_from' and 'test_from' of the step that splits it.");

        var (hour, day, distance, late) = (new int[rows], new int[rows], new float[rows], new bool[rows]);
        var (origin, destination) = (new string[rows], new string[rows]);
        for (var row = 0; row < rows; row++)
        {
            var fields = lines[row + 1].Split(',');
            try
            {
                hour[row] = Within(fields[positions[0]], 0, 23);
                day[row] = Within(fields[positions[1]], 1, 7);
                distance[row] = float.Parse(fields[positions[2]]);
                origin[row] = fields[positions[3]];
                destination[row] = fields[positions[4]];
                late[row] = Within(fields[positions[5]], 0, 1) == 1;
            }
            catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException)
            {
                throw new FormatException($"Line {row + 2} of the training data, '{lines[row + 1]}', cannot be read: {e.Message}", e);
            }
        }

        var (origins, destinations) = (Category.Of(origin), Category.Of(destination));
        return new TrainingSet
        {
            Hour = hour,
            DayOfWeek = day,
            Distance = distance,
            Late = late,
            Origins = origins,
            Destinations = destinations,
            Origin = Array.ConvertAll(origin, name => origins[name]),
            Destination = Array.ConvertAll(destination, name => destinations[name]),
        };
    }

    private static int[] Positions(string header)
    {
        var names = header.Split(',');
        return Array.ConvertAll(Columns, column => Array.IndexOf(names, column) is var position and >= 0
            ? position
            : throw new FormatException($"The training data has no column '{column}'; its first line is '{header}'."));
    }

    private static int Within(string text, int low, int high) =>
        int.Parse(text) is var value && value >= low && value <= high
            ? value
            : throw new FormatException($"'{text}' is not between {low} and {high}.");
}
