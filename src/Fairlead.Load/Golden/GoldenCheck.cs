using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Load.Inputs;
using Fairlead.Load.Sending;
using Fairlead.Load.Sending.Http;

namespace Fairlead.Load.Golden;

/// <summary>Asks a service for rows whose answers are known, one row at a time, and compares.</summary>
public static class GoldenCheck
{
    /// <summary>Mismatches that a result names.</summary>
    private const int Named = 5;

    /// <param name="onProgress">Called after each row; may be null.</param>
    /// <exception cref="FairleadException">Invalid: the rows do not fit the service, or it refuses one; NotFound; Unavailable: nobody answers, or not in time.</exception>
    public static async Task<GoldenResult> RunAsync(GoldenOrder order, Action? onProgress, CancellationToken cancellationToken)
    {
        var service = await ServiceDescription.ReadAsync(order.Target, cancellationToken).ConfigureAwait(false);
        if (service.Command is not null)
            throw FairleadException.Invalid($"'{order.Target.Service}' is a command, and golden rows are of models and chains; check a command by 'http'.");
        var columns = GoldenColumns.Find(order, service);
        var rows = order.Rows.Rows;
        if (rows.Count > GoldenOrder.MaxRows)
            throw FairleadException.Invalid($"'{order.Data}' has more than {GoldenOrder.MaxRows:N0} rows, which are asked one by one; take fewer.");
        var batches = new InputBatches(order.Target.Service, service.Inputs, columns.Inputs, null);
        var requests = batches.Build(rowsPerRequest: 1);
        if (batches.LeftOut > 0)
            throw FairleadException.Invalid($"{batches.LeftOut} of the rows of '{order.Data}' lack a value of an input; a golden row has them all.");

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = order.Timeout };
        var comparer = new GoldenComparer(order.Tolerance, order.RelativeTolerance);
        var mismatches = new List<GoldenMismatch>();
        var groups = new SortedSet<string>(StringComparer.Ordinal);
        var matched = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var answer = await AskAsync(http, order, requests[row], row, groups, cancellationToken).ConfigureAwait(false);
            var wrong = Compare(comparer, columns, rows[row], row, answer);
            matched += wrong.Count == 0 ? 1 : 0;
            mismatches.AddRange(wrong.Take(Named - mismatches.Count));
            onProgress?.Invoke();
        }

        return new GoldenResult { Rows = rows.Count, Matched = matched, Worst = comparer.Worst, Mismatches = mismatches, ServerGroups = [.. groups] };
    }

    private static List<GoldenMismatch> Compare(GoldenComparer comparer, GoldenColumns columns, JsonElement row, int index, Dictionary<string, JsonElement> answer)
    {
        var wrong = new List<GoldenMismatch>();
        foreach (var (output, column) in columns.Outputs)
        {
            var expected = row[column];
            if (expected.ValueKind == JsonValueKind.Null)
                continue;
            if (!answer.TryGetValue(output, out var answered))
                wrong.Add(new GoldenMismatch(index + 1, output, expected.GetRawText(), "not answered"));
            else if (!comparer.Matches(expected, answered))
                wrong.Add(new GoldenMismatch(index + 1, output, expected.GetRawText(), answered is { ValueKind: JsonValueKind.Array } && answered.GetArrayLength() == 1 ? answered[0].GetRawText() : answered.GetRawText()));
        }

        return wrong;
    }

    /// <returns>The outputs' data by their names.</returns>
    private static async Task<Dictionary<string, JsonElement>> AskAsync(HttpClient http, GoldenOrder order, InputBatch batch, int row, SortedSet<string> groups, CancellationToken cancellationToken)
    {
        var url = order.Target.UrlOf("/infer");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(InferJson.Write(batch)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (order.Target.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (order.Target.Environment is { } environment)
            request.Headers.Add(LoadTarget.EnvironmentHeader, environment);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw FairleadException.Failed($"Row {row + 1} of '{order.Data}' was answered with status {(int)response.StatusCode}: {ErrorText.Of(body)}");
            if (response.Headers.TryGetValues(LoadTarget.ServerGroupHeader, out var names))
                groups.UnionWith(names);
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.GetProperty("outputs").EnumerateArray().ToDictionary(tensor => tensor.GetProperty("name").GetString()!, tensor => tensor.GetProperty("data").Clone(), StringComparer.Ordinal);
        }
        catch (HttpRequestException e)
        {
            throw FairleadException.Unavailable($"Nobody answers at {url}: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Unavailable($"Row {row + 1} of '{order.Data}' was not answered within {order.Timeout.TotalSeconds} s.", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FairleadException(ProblemKind.Failed, $"Row {row + 1} of '{order.Data}' was answered with what is no answer of the protocol: {e.Message}", e);
        }
    }
}
