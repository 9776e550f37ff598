namespace Trainer;

/// <summary>Where each weight lies in one vector: intercept, distance, then a weight for every hour, day, origin and destination.</summary>
internal sealed class Weights
{
    public const int Intercept = 0;
    public const int Distance = 1;
    public const int Hours = 24;
    public const int Days = 7;

    /// <summary>Weights that one flight touches.</summary>
    public const int PerFlight = 6;
    private const int FirstHour = 2;
    private const int FirstDay = FirstHour + Hours;
    private const int FirstOrigin = FirstDay + Days;
    private readonly int firstDestination;

    public Weights(TrainingSet flights)
    {
        firstDestination = FirstOrigin + flights.Origins.Names.Count;
        Count = firstDestination + flights.Destinations.Names.Count;
    }

    public int Count { get; }

    public static int OfHour(int hour) => FirstHour + hour;

    /// <param name="day">1 to 7.</param>
    public static int OfDay(int day) => FirstDay + day - 1;

    public static int OfOrigin(int origin) => FirstOrigin + origin;

    public int OfDestination(int destination) => firstDestination + destination;

    /// <summary>The positions of a flight's weights, ascending.</summary>
    public void Locate(TrainingSet flights, int row, Span<int> positions)
    {
        positions[0] = Intercept;
        positions[1] = Distance;
        positions[2] = OfHour(flights.Hour[row]);
        positions[3] = OfDay(flights.DayOfWeek[row]);
        positions[4] = OfOrigin(flights.Origin[row]);
        positions[5] = OfDestination(flights.Destination[row]);
    }
}
