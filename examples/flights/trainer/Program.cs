using System.Text.Json;
using Trainer;

// A step: inputs in in/, parameters in params.json, outputs and metrics in out/.
try
{
    var parameters = TrainingParameters.Read("params.json");
    var flights = TrainingSet.Read("in/train");
    Console.WriteLine($"{flights.Rows} flights, {flights.Origins.Names.Count} origins, {flights.Destinations.Names.Count} destinations, {flights.LateShare:P1} late");

    var fit = LogisticRegression.Fit(flights, parameters, Console.WriteLine);

    Directory.CreateDirectory("out");
    File.WriteAllBytes("out/model.onnx", LateModel.ToOnnx(flights, fit));
    File.WriteAllText("out/metrics.json", JsonSerializer.Serialize(new { log_loss = Math.Round(fit.LogLoss, 6), rows = flights.Rows, iterations = fit.Iterations }));
    return 0;
}
catch (Exception e) when (e is FormatException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
