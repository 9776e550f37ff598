namespace Fairlead.Conformance;

/// <summary>One checkable sentence of a specification. Rules keep no state and leave the server as they found it.</summary>
public interface IRule
{
    /// <summary>Group and name, such as <c>rest/infer/id-is-echoed</c>; unique.</summary>
    string Name { get; }

    Requirement Requirement { get; }

    /// <summary>Asks the server and judges its answer. An exception of the transport is a failure too; the suite says so.</summary>
    Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken);
}
