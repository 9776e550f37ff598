using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.References;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Fields;

/// <summary>Works out which fields a service's predictions have, and how each is read from the log and from the reference.</summary>
/// <param name="mostlyNumbers">Fields of outcomes that are texts because of a few values: compared as numbers, and what is none counts as missing.</param>
internal sealed class FieldPlanner(ReleasedService service, ReferenceRows? reference, IReadOnlySet<string> mostlyNumbers)
{
    /// <summary>Elements of a vector that are fields of their own.</summary>
    private const int MostElements = 64;
    private readonly List<FieldPlan> fields = [];
    private readonly List<SkippedField> skipped = [];

    /// <param name="input">The recorded struct, as the views have it.</param>
    /// <param name="output">Likewise.</param>
    /// <param name="outcome">Likewise.</param>
    public FieldPlans Plan(DuckDbType input, DuckDbType output, DuckDbType outcome)
    {
        foreach (var spec in service.Signature.Inputs)
            Add(spec, FieldSource.Input, spec.Name, input);
        foreach (var spec in service.Signature.Outputs)
            Add(spec, FieldSource.Output, $"output.{spec.Name}", output);
        foreach (var field in outcome.Fields.Where(field => field.Name != "nothing"))
            AddOutcome(field);
        return new FieldPlans(fields, skipped);
    }

    private void Add(TensorSpec spec, FieldSource source, string name, DuckDbType recorded)
    {
        if (service.Capture.Redact.Contains(spec.Name, StringComparer.OrdinalIgnoreCase))
            Skip(name, source, "it is redacted: its values are never recorded");
        else if (!recorded.Fields.Any(field => field.Name.Equals(spec.Name, StringComparison.OrdinalIgnoreCase)))
            Skip(name, source, "nothing of it is recorded yet");
        else
            AddTensor(spec, source, name);
    }

    private void AddTensor(TensorSpec spec, FieldSource source, string name)
    {
        var column = source == FieldSource.Input ? reference?.Find(spec.Name) : null;
        var perRow = (spec.Shape is [-1, ..] ? spec.Shape.Skip(1) : spec.Shape).ToList();
        var field = DuckDbText.Name(spec.Name);
        if (perRow.All(dimension => dimension == 1))
        {
            Add(name, source, spec, part => $"{part}.{field}", column is { } scalar ? DuckDbText.Name(scalar.Name) : null);
            return;
        }

        // CSV has lists as text.
        var list = column is not { } vector ? null
            : vector.Type.EndsWith(']') ? DuckDbText.Name(vector.Name)
            : vector.Type == "VARCHAR" ? $"TRY_CAST({DuckDbText.Name(vector.Name)} AS VARCHAR[])" : null;
        if (perRow.Any(dimension => dimension < 0))
        {
            fields.Add(new FieldPlan($"{name}.length", NextColumn(), source, true, part => $"len({part}.{field})::DOUBLE", list is null ? null : $"len({list})::DOUBLE"));
            return;
        }

        var elements = perRow.Aggregate(1L, (product, dimension) => product * dimension);
        if (elements > MostElements)
        {
            Skip(name, source, $"it holds {elements} elements a row, and vectors of up to {MostElements} are compared");
            return;
        }

        for (var i = 1; i <= elements; i++)
        {
            var place = i;
            Add($"{name}[{place - 1}]", source, spec, part => $"{part}.{field}[{place}]", list is null ? null : $"{list}[{place}]");
        }
    }

    private void Add(string name, FieldSource source, TensorSpec spec, Func<string, string> part, string? inReference)
    {
        var isHashed = service.Capture.Hash.Contains(spec.Name, StringComparer.OrdinalIgnoreCase);
        var isNumber = !isHashed && spec.Type is not (TensorType.Bytes or TensorType.Bool);
        fields.Add(new FieldPlan(name, NextColumn(), source, isNumber, root => Cast(part(root)), inReference is null || isHashed ? null : Cast(inReference)) { IsHashed = isHashed });

        string Cast(string value) => isHashed || spec.Type == TensorType.Bytes ? Text(value)
            : spec.Type == TensorType.Bool ? $"TRY_CAST({value} AS BOOLEAN)::VARCHAR"
            : $"TRY_CAST({value} AS {Number(spec.Type)})::DOUBLE";
    }

    private void AddOutcome(DuckDbField outcome)
    {
        var (name, field) = ($"outcome.{outcome.Name}", DuckDbText.Name(outcome.Name));
        var column = reference?.Find(outcome.Name) is { } found ? DuckDbText.Name(found.Name) : null;
        if (outcome.Type.Kind is DuckDbTypeKind.Struct or DuckDbTypeKind.List or DuckDbTypeKind.Map or DuckDbTypeKind.Array)
            Skip(name, FieldSource.Outcome, "it is nested");
        else if (IsNumber(outcome.Type.Kind) || mostlyNumbers.Contains(outcome.Name))
            fields.Add(new FieldPlan(name, NextColumn(), FieldSource.Outcome, true, part => $"TRY_CAST({part}.{field} AS DOUBLE)", column is null ? null : $"TRY_CAST({column} AS DOUBLE)"));
        else
            fields.Add(new FieldPlan(name, NextColumn(), FieldSource.Outcome, false, part => Text($"{part}.{field}"), column is null ? null : Text(column)));
    }

    private void Skip(string name, FieldSource source, string reason) => skipped.Add(new SkippedField(name, source, reason));

    private string NextColumn() => $"f{fields.Count}";

    // What is long is told by its beginning and a digest, so that a thousand long texts take no memory.
    private static string Text(string value) => $"CASE WHEN strlen({value}::VARCHAR) > 256 THEN left({value}::VARCHAR, 120) || '… ' || md5({value}::VARCHAR) ELSE {value}::VARCHAR END";

    /// <summary>Both sides go through the type of the signature, so that what was a double in a file is the single that the model got.</summary>
    private static string Number(TensorType type) => type switch
    {
        TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 => "FLOAT",
        TensorType.Float64 => "DOUBLE",
        TensorType.UInt64 => "UBIGINT",
        _ => "BIGINT",
    };

    private static bool IsNumber(DuckDbTypeKind kind) => kind is DuckDbTypeKind.Boolean or DuckDbTypeKind.TinyInt or DuckDbTypeKind.SmallInt or DuckDbTypeKind.Integer or DuckDbTypeKind.BigInt
        or DuckDbTypeKind.UTinyInt or DuckDbTypeKind.USmallInt or DuckDbTypeKind.UInteger or DuckDbTypeKind.UBigInt or DuckDbTypeKind.HugeInt or DuckDbTypeKind.UHugeInt
        or DuckDbTypeKind.Float or DuckDbTypeKind.Double or DuckDbTypeKind.Decimal;
}
