using System.Text.Json;
using Fairlead.Datasets.Checking;
using Fairlead.Datasets.Comparing;
using Fairlead.Datasets.Profiling;
using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;

namespace Fairlead.Datasets;

/// <summary>
/// Reads data in a process of its own, in whose folder it lies: what people's files and conditions do to the engine that reads them, they do to nobody else.
/// </summary>
public static class DatasetProcess
{
    public const string AnswerName = "answer.json";
    public const string DataName = "data";
    public const string LeftName = "left";
    public const string RightName = "right";

    /// <summary>Does what an order asks for and leaves the answer in <c>out/answer.json</c>.</summary>
    /// <param name="folder">Full path of the folder that holds <c>in/</c> and <c>out/</c>.</param>
    /// <param name="temporary">Full path of a folder for what does not fit into memory.</param>
    /// <exception cref="FairleadException">Failed: the data cannot be read, or what is asked cannot be computed; one sentence.</exception>
    public static void Run(string folder, string temporary, DatasetOrder order, CancellationToken cancellationToken)
    {
        var inputs = Path.Combine(folder, "in");
        using var session = DataSession.Open(inputs, temporary);
        var answer = order.Task switch
        {
            DatasetTask.Profile => new DatasetAnswer { Profile = new DatasetProfiler(session, cancellationToken).Profile(Path.Combine(inputs, DataName)) },
            DatasetTask.Check => new DatasetAnswer { Failures = new DatasetChecker(session, cancellationToken).Check(Path.Combine(inputs, DataName), order) },
            DatasetTask.Compare => new DatasetAnswer { Difference = new DatasetComparer(session, cancellationToken).Compare(Path.Combine(inputs, LeftName), Path.Combine(inputs, RightName), order.Key) },
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
        File.WriteAllBytes(Path.Combine(folder, "out", AnswerName), JsonSerializer.SerializeToUtf8Bytes(answer, DomainJson.Default.DatasetAnswer));
    }
}
