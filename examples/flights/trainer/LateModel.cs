using Trainer.Onnx;

namespace Trainer;

/// <summary>
/// The fitted weights as an ONNX graph: a lookup per category, the distance times its weight, their sum, and the sigmoid.
/// A category that the training never saw counts as an average one: its lookup gives 0.
/// </summary>
internal static class LateModel
{
    public static byte[] ToOnnx(TrainingSet flights, LogisticFit fit)
    {
        var values = fit.Values;
        var graph = new GraphWriter("late");
        graph.AddInput("hour", ElementType.Int64);
        graph.AddInput("day_of_week", ElementType.Int64);
        graph.AddInput("distance", ElementType.Float);
        graph.AddInput("origin", ElementType.String);
        graph.AddInput("destination", ElementType.String);
        graph.AddConstant("intercept", (float)values[Weights.Intercept]);
        graph.AddConstant("distance_weight", (float)(values[Weights.Distance] / LogisticFit.DistanceUnit));

        graph.AddLookup("hour", "hour_part",
            Enumerable.Range(0, Weights.Hours).Select(hour => ((long)hour, (float)values[Weights.OfHour(hour)])));
        graph.AddLookup("day_of_week", "day_part",
            Enumerable.Range(1, Weights.Days).Select(day => ((long)day, (float)values[Weights.OfDay(day)])));
        graph.AddLookup("origin", "origin_part",
            flights.Origins.Names.Select((name, index) => (name, (float)values[Weights.OfOrigin(index)])));
        graph.AddLookup("destination", "destination_part",
            flights.Destinations.Names.Select((name, index) => (name, (float)values[fit.Weights.OfDestination(index)])));
        graph.AddNode("Mul", ["distance", "distance_weight"], "distance_part");
        graph.AddNode("Sum", ["hour_part", "day_part", "origin_part", "destination_part", "distance_part", "intercept"], "score");
        graph.AddNode("Sigmoid", ["score"], "late");
        graph.AddOutput("late", ElementType.Float);
        return graph.ToModel(producer: "flights-trainer", description: "Probability that a flight arrives 15 minutes late or more.");
    }
}
