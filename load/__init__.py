"""The surge of calls on the hotline that follows reminder batches: arrival curves, callers, staffing."""
