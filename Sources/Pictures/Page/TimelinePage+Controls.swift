extension TimelinePage {
    /// The panes beside the lanes, and what keys and mouse do.
    static let controls = #"""
        // ---- Panes
        const tabs = [['cluster', 'cluster'], ['object', 'object'], ['changes', 'changes']];
        if (data.script) tabs.push(['script', 'script']);
        for (const [name, words] of tabs) {
          const button = document.createElement('button');
          button.textContent = words;
          button.setAttribute('role', 'tab');
          button.onclick = () => { tab = name; fill(); };
          button.dataset.tab = name;
          $('tabs').append(button);
        }
        function element(kind, text, style) {
          const made = document.createElement(kind);
          made.textContent = text;
          if (style) made.className = style;
          return made;
        }
        function row(text, style, act) {
          const made = element('div', text, 'row' + (style ? ' ' + style : ''));
          if (act) {
            made.tabIndex = 0;
            made.onclick = act;
            made.onkeydown = event => { if (event.key === 'Enter') act(); };
          }
          return made;
        }
        function fill() {
          for (const button of $('tabs').children) button.setAttribute('aria-selected', button.dataset.tab === tab);
          const pane = $('pane');
          const top = pane.scrollTop;
          pane.replaceChildren();
          ({ cluster: fillCluster, object: fillObject, changes: fillChanges, script: fillScript })[tab](pane);
          $('filter').hidden = tab === 'script' || tab === 'object';
          if (tab !== 'script') pane.scrollTop = top;
        }
        function matches(place) {
          const wanted = $('filter').value.toLowerCase();
          return !wanted || title(place).includes(wanted) || (data.objects[place].ns || '').includes(wanted);
        }
        function fillCluster(pane) {
          const write = writeAt(now), kinds = new Map();
          let shown = 0;
          data.objects.forEach((object, place) => {
            if (!matches(place) || (object.k === 'event' && !$('filter').value)) return;
            const value = versionAt(place, write);
            if (!value) return;
            if (!kinds.has(object.k)) kinds.set(object.k, []);
            kinds.get(object.k).push([place, value]);
          });
          for (const [kind, found] of [...kinds].sort((one, other) => one[0] < other[0] ? -1 : 1)) {
            pane.append(element('h2', kind + ' (' + found.length + ')'));
            for (const [place, value] of found) {
              if (++shown > 2000) break;
              pane.append(row(data.objects[place].n + '  ' + summary(value), chosen === place ? 'now' : '',
                () => { chosen = place; tab = 'object'; fill(); }));
            }
          }
          if (!shown) pane.append(element('p', 'nothing is there at this instant', 'faint'));
        }
        function summary(value) {
          const status = value.status || {}, parts = [];
          if (value.metadata && value.metadata.deletionTimestamp) parts.push('terminating');
          if (status.phase) parts.push(status.phase);
          if (status.readyReplicas !== undefined || (value.spec && value.spec.replicas !== undefined)) {
            parts.push((status.readyReplicas || 0) + '/' + (value.spec ? value.spec.replicas : '?') + ' ready');
          }
          const ready = (status.conditions || []).find(condition => condition.type === 'Ready');
          if (ready) parts.push(ready.status === 'True' ? 'ready' : 'not ready');
          if (value.spec && value.spec.nodeName) parts.push('on ' + value.spec.nodeName);
          return parts.join(', ');
        }
        function fillObject(pane) {
          if (chosen === null) return pane.append(element('p', 'choose an object in the cluster, or a lane', 'faint'));
          const value = versionAt(chosen, writeAt(now));
          pane.append(element('h2', title(chosen) + ' at ' + instant(now)));
          pane.append(element('div', value ? yaml(value, '').slice(1) : 'it does not exist at this instant'));
          pane.append(element('h2', 'its changes'));
          versions[chosen].forEach(([write]) => { if (write >= 0) pane.append(change(write)); });
        }
        function change(index) {
          const [time, place, actor, cause, delta, syncing] = data.writes[index];
          const old = versionAt(place, index - 1);
          const what = delta === null ? 'deleted' : !old ? 'created' : 'changed';
          const made = row(instant(time) + ' ' + title(place) + ' ' + what + ' by ' + data.actors[actor]
            + (syncing ? ' (syncing ' + syncing + ')' : ''), index === writeAt(now) ? 'now' : '', () => go(time, place));
          if (what === 'changed') {
            const lines = fields(delta, '', old, []).filter(line => !/^\.metadata\.(resourceVersion|managedFields)/.test(line));
            if (lines.length) made.append(element('div', lines.map(line => '    ' + line).join('\n'), 'faint'));
          }
          return made;
        }
        function fillChanges(pane) {
          const write = writeAt(now);
          if (write < 0) return pane.append(element('p', 'nothing was written yet', 'faint'));
          pane.append(element('h2', 'at this instant, and why'));
          let index = write, depth = 0;
          while (index >= 0 && depth++ < 12) {
            if (depth > 1) pane.append(element('div', 'in answer to', 'faint'));
            pane.append(change(index));
            index = data.writes[index][3];
          }
          pane.append(element('h2', 'before'));
          for (let earlier = write - 1, shown = 0; earlier >= 0 && shown < 60; earlier--) {
            if (!matches(data.writes[earlier][1])) continue;
            if (data.objects[data.writes[earlier][1]].k === 'event' && !$('filter').value) continue;
            pane.append(change(earlier));
            shown++;
          }
        }
        function fillScript(pane) {
          let line = 0, failed = new Set();
          for (const mark of data.marks) {
            if (mark.t <= now && mark.l) line = mark.l;
            if (mark.k === 2) failed.add(mark.l);
          }
          let target = null;
          data.script.text.split('\n').forEach((text, index) => {
            const made = row(String(index + 1).padStart(4) + '  ' + text,
              (index + 1 === line ? 'now' : '') + (failed.has(index + 1) ? ' bad' : ''), () => {
                const mark = data.marks.find(mark => mark.l === index + 1);
                if (mark) go(mark.t);
              });
            if (index + 1 === line) target = made;
            pane.append(made);
          });
          if (target) target.scrollIntoView({ block: 'center' });
        }

        // ---- Going
        // The address names what is shown, so that an instant can be linked to.
        function remember() {
          const parts = ['t=' + now, 'tab=' + tab];
          if (chosen !== null) parts.push('object=' + encodeURIComponent(title(chosen)));
          try { history.replaceState(null, '', '#' + parts.join('&')); } catch (error) { /* a frame within a report has no address */ }
        }
        function go(time, place) {
          now = Math.min(Math.max(time, data.start), data.end);
          if (place !== undefined) chosen = place;
          const at = position(now);
          if (at < view.start || at > view.end) {
            const half = (view.end - view.start) / 2;
            show(at - half, at + half);
          }
          $('instant').textContent = instant(now);
          $('slider').value = position(now) / whole.end * 1000;
          remember();
          draw();
          fill();
        }
        function show(start, end) {
          const length = Math.min(Math.max(end - start, whole.end / 1e5), whole.end - whole.start);
          start = Math.min(Math.max(start, whole.start), whole.end - length);
          view = { start, end: start + length };
          draw();
        }
        function zoom(factor, around) {
          const center = around === undefined ? position(now) : around;
          show(center - (center - view.start) * factor, center + (view.end - center) * factor);
        }
        function step(by) {
          const index = Math.min(Math.max(writeAt(now) + by, 0), data.writes.length - 1);
          if (index < 0) return;
          let target = index;
          // Writes of one instant are one step.
          while (by > 0 && data.writes[target][0] <= now && target + 1 < data.writes.length) target++;
          while (by < 0 && data.writes[target][0] >= now && target > 0) target--;
          go(data.writes[target][0], data.writes[target][1]);
        }
        const failures = data.marks.filter(mark => mark.k === 2);
        function nextFailure() {
          if (!failures.length) return;
          const next = failures.find(mark => mark.t > now) || failures[0];
          if (data.script) tab = 'script';
          go(next.t);
        }
        $('failure').hidden = !failures.length;
        $('failure').onclick = nextFailure;
        $('back').onclick = () => step(-1);
        $('next').onclick = () => step(1);
        $('in').onclick = () => zoom(0.5);
        $('out').onclick = () => zoom(2);
        $('fit').onclick = () => show(whole.start, whole.end);
        $('theme').onclick = () => {
          const root = document.documentElement;
          const isDark = root.dataset.theme
            ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
          root.dataset.theme = isDark ? 'light' : 'dark';
          draw();
        };
        $('slider').oninput = event => go(timeOf(event.target.value / 1000 * whole.end));
        $('filter').oninput = fill;
        $('lanes').onscroll = draw;
        $('lanes').onwheel = event => {
          if (!event.ctrlKey && !event.shiftKey) return;
          event.preventDefault();
          zoom(Math.exp((event.deltaY || event.deltaX) / 400), positionAt(event.offsetX));
        };
        let held = null;
        canvas.onmousedown = event => {
          held = { x: event.offsetX, view: { ...view }, moved: false };
        };
        window.onmousemove = event => {
          if (!held) return;
          const box = canvas.getBoundingClientRect(), px = event.clientX - box.left;
          if (Math.abs(px - held.x) > 3) held.moved = true;
          if (held.moved) {
            const by = (held.x - px) / (width - names - 8) * (held.view.end - held.view.start);
            show(held.view.start + by, held.view.end + by);
          }
        };
        window.onmouseup = event => {
          if (held && !held.moved) {
            const box = canvas.getBoundingClientRect();
            const index = Math.floor((event.clientY - box.top + $('lanes').scrollTop - topHeight) / rowHeight);
            const lane = rows[index] && rows[index].lane;
            let place;
            if (lane) {
              const name = lane.n.split('/').pop(), kind = rows[index].isInner ? 'pod' : lane.n.startsWith('node/') ? 'node' : 'pod';
              place = data.objects.findIndex(object => object.k === kind && object.n === name);
              if (place < 0) place = undefined; else tab = 'object';
            }
            go(held.x > names ? timeOf(positionAt(held.x)) : now, place);
          }
          held = null;
        };
        document.onkeydown = event => {
          if (event.target.id === 'filter') { if (event.key === 'Escape') event.target.blur(); return; }
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const keys = {
            ArrowLeft: () => step(event.shiftKey ? -10 : -1), ArrowRight: () => step(event.shiftKey ? 10 : 1),
            Home: () => go(data.start), End: () => go(data.end), '+': () => zoom(0.5), '=': () => zoom(0.5),
            '-': () => zoom(2), '0': () => show(whole.start, whole.end), f: nextFailure, d: () => $('theme').click(),
            '/': () => { if (tab !== 'cluster' && tab !== 'changes') tab = 'cluster'; fill(); $('filter').focus(); },
            1: () => { tab = 'cluster'; fill(); }, 2: () => { tab = 'object'; fill(); },
            3: () => { tab = 'changes'; fill(); }, 4: () => { if (data.script) { tab = 'script'; fill(); } },
          };
          const act = keys[event.key];
          if (!act) return;
          event.preventDefault();
          act();
        };
        matchMedia('(prefers-color-scheme: dark)').onchange = draw;
        window.onresize = resize;
        $('title').textContent = data.title;
        $('legend').textContent = data.stages.map(stage => stage.sign + ' ' + stage.words).join('   ')
          + '   letters are revisions   ← → writes   + - zoom   f failures   / filter   1 2 3 4 panes';
        resize();
        const wanted = new URLSearchParams(location.hash.slice(1));
        if (wanted.has('tab')) tab = tabs.some(([name]) => name === wanted.get('tab')) ? wanted.get('tab') : tab;
        if (wanted.has('object')) {
          const place = data.objects.findIndex((_, place) => title(place) === wanted.get('object'));
          if (place >= 0) { chosen = place; if (!wanted.has('tab')) tab = 'object'; }
        }
        if (wanted.has('t') && Number.isFinite(Number(wanted.get('t')))) go(Math.round(Number(wanted.get('t'))));
        else if (failures.length) nextFailure();
        else go(data.end);
        """#
}
