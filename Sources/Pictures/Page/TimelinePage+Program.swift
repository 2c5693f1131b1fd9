extension TimelinePage {
    /// Reads the history, finds the state at an instant, and draws lanes. Kept plain: no library, no
    /// markup from data (all of it goes through `textContent`).
    static let program = #"""
        'use strict';
        const data = JSON.parse(document.getElementById('history').textContent);
        const $ = id => document.getElementById(id);

        // ---- States: each object's versions, sharing what did not change.
        function apply(value, delta) {
          if (Array.isArray(delta)) return delta[0];
          if (delta['@']) {
            const list = value.slice();
            for (const index in delta['@']) list[index] = apply(list[index], delta['@'][index]);
            return list;
          }
          const object = Object.assign({}, value);
          for (const key in delta['$'] || {}) object[key] = apply(object[key], delta['$'][key]);
          for (const key of delta['-'] || []) delete object[key];
          return object;
        }
        const versions = data.objects.map(object => object.v ? [[-1, object.v]] : []);
        data.writes.forEach(([time, place, actor, cause, delta], index) => {
          const own = versions[place];
          const last = own.length ? own[own.length - 1][1] : null;
          own.push([index, delta === null ? null : apply(last, delta)]);
        });
        // The last write at an instant or before; -1 for none.
        function writeAt(time) {
          let low = 0, high = data.writes.length;
          while (low < high) {
            const middle = (low + high) >> 1;
            if (data.writes[middle][0] <= time) low = middle + 1; else high = middle;
          }
          return low - 1;
        }
        function versionAt(place, write) {
          const own = versions[place];
          let low = 0, high = own.length;
          while (low < high) {
            const middle = (low + high) >> 1;
            if (own[middle][0] <= write) low = middle + 1; else high = middle;
          }
          return low ? own[low - 1][1] : null;
        }

        // ---- Texts
        function instant(time) {
          if (time < 60000) return (time / 1000).toFixed(3) + 's';
          const parts = [], units = [[3600000, 'h'], [60000, 'm']];
          for (const [length, name] of units) {
            if (time >= length) { parts.push(Math.floor(time / length) + name); time %= length; }
          }
          return parts.join('') + (time / 1000).toFixed(3) + 's';
        }
        function short(time) {
          return instant(time).replace(/\.?0*s$/, 's').replace(/([hm])0?s$/, '$1').replace(/^s$/, '0s');
        }
        function title(place) { const object = data.objects[place]; return object.k + '/' + object.n; }
        function scalar(value) {
          if (value === null) return 'null';
          if (typeof value !== 'string') return String(value);
          const plain = /^[A-Za-z_./][\w./@ +-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
            && !/\s$/.test(value);
          return plain ? value : JSON.stringify(value);
        }
        function yaml(value, indent) {
          if (Array.isArray(value)) {
            if (!value.length) return ' []\n';
            return '\n' + value.map(item => {
              const text = yaml(item, indent + '  ');
              return indent + '- ' + (text[0] === '\n' ? text.slice(1).slice(indent.length + 2) : text.slice(1));
            }).join('');
          }
          if (value !== null && typeof value === 'object') {
            const keys = Object.keys(value);
            if (!keys.length) return ' {}\n';
            return '\n' + keys.map(key => {
              const item = value[key], deeper = Array.isArray(item) ? indent : indent + '  ';
              return indent + scalar(key) + ':' + yaml(item, deeper);
            }).join('');
          }
          return ' ' + scalar(value) + '\n';
        }
        // What a difference says, one line for each field.
        function fields(delta, path, old, into) {
          if (into.length > 40) return into;
          if (Array.isArray(delta)) {
            into.push(path + ' ' + brief(old) + ' → ' + brief(delta[0]));
          } else {
            for (const key in delta['$'] || {}) fields(delta['$'][key], path + '.' + key, old ? old[key] : undefined, into);
            for (const key of delta['-'] || []) into.push(path + '.' + key + ' ' + brief(old ? old[key] : undefined) + ' → none');
            for (const index in delta['@'] || {}) fields(delta['@'][index], path + '[' + index + ']', old ? old[index] : undefined, into);
          }
          return into;
        }
        function brief(value) {
          if (value === undefined) return 'none';
          const text = typeof value === 'string' ? value : JSON.stringify(value);
          return text.length > 60 ? text.slice(0, 59) + '…' : text;
        }

        // ---- The view
        // Positions count columns, in which long stretches without changes take little room.
        const parts = data.parts;
        const whole = { start: 0, end: parts[parts.length - 1][3] };
        function position(time) {
          const part = parts.find(part => time <= part[1]) || parts[parts.length - 1];
          return part[2] + (time - part[0]) / (part[1] - part[0]) * (part[3] - part[2]);
        }
        function timeOf(position) {
          const part = parts.find(part => position <= part[3]) || parts[parts.length - 1];
          return Math.round(part[0] + (position - part[2]) / (part[3] - part[2]) * (part[1] - part[0]));
        }
        let view = { ...whole }, now = data.end, tab = 'cluster', chosen = null;
        const rows = [];
        for (const group of data.groups) {
          if (group.title) rows.push({ title: group.title, lanes: group.lanes });
          for (const lane of group.lanes) rows.push({ lane, isInner: !!group.title });
        }
        const rowHeight = 18, topHeight = 46;
        const revisionColors = ['#2a9d8f', '#9b5de5', '#3a86ff', '#43aa8b', '#f4a261', '#ef476f', '#118ab2'];
        const stageColors = ['#c9a227', '#e0a800', '#f2cc60', '#3fb950', '#8b949e', '#f85149', '#2ea043', '#da3633',
          '#8fb8a8', '#d4a72c', '#f85149'];
        function color(stage, letter) {
          if (letter && (stage === 2 || stage === 3)) {
            return revisionColors[(letter.charCodeAt(0) - 65) % revisionColors.length];
          }
          return stageColors[stage];
        }
        const canvas = $('canvas'), context = canvas.getContext('2d');
        let names = 180, width = 0, height = 0;
        function across(position) { return names + (position - view.start) / (view.end - view.start) * (width - names - 8); }
        function x(time) { return across(position(time)); }
        function positionAt(px) { return view.start + (px - names) / (width - names - 8) * (view.end - view.start); }
        function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name); }
        function resize() {
          const box = $('lanes'), ratio = window.devicePixelRatio || 1;
          width = box.clientWidth; height = box.clientHeight;
          names = Math.min(260, Math.max(120, width / 4));
          canvas.width = width * ratio; canvas.height = height * ratio;
          canvas.style.width = width + 'px'; canvas.style.height = height + 'px';
          context.setTransform(ratio, 0, 0, ratio, 0, 0);
          $('height').style.height = topHeight + rows.length * rowHeight + 8 + 'px';
          draw();
        }
        const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5,
          18e5, 36e5, 72e5, 216e5, 432e5, 864e5, 1728e5, 6048e5, 2592e6, 31536e6];
        function draw() {
          context.clearRect(0, 0, width, height);
          context.font = '12px ui-monospace, monospace';
          context.textBaseline = 'middle';
          const top = $('lanes').scrollTop, text = css('--text'), faint = css('--faint'), line = css('--line');
          const first = Math.max(0, Math.floor((top - topHeight) / rowHeight) + 1);
          const last = Math.min(rows.length, Math.ceil((top + height - topHeight) / rowHeight));
          drawBreaks(line);
          for (let index = first; index < last; index++) drawRow(rows[index], topHeight + index * rowHeight - top, text, faint);
          drawAxis(text, faint, line);
          context.fillStyle = text;
          context.fillRect(x(now) - 0.5, 0, 1.5, height);
        }
        // A ground of its own for what is squeezed.
        function drawBreaks(line) {
          context.fillStyle = line;
          context.globalAlpha = 0.35;
          for (const part of parts) {
            const from = Math.max(across(part[2]), names), to = Math.min(across(part[3]), width);
            if (part[4] && to > from) context.fillRect(from, topHeight, to - from, height);
          }
          context.globalAlpha = 1;
        }
        function drawRow(row, y, text, faint) {
          if (y < topHeight - rowHeight) return;
          context.fillStyle = row.title ? text : faint;
          context.fillText(shortened((row.title || (row.isInner ? '  ' : '') + row.lane.n)), 6, y + rowHeight / 2);
          if (row.title) return drawReady(row, y, text);
          const spans = row.lane.s;
          for (let index = 0; index < spans.length; index++) {
            const [start, stage, letter] = spans[index];
            const end = index + 1 < spans.length ? spans[index + 1][0] : data.end;
            if (stage < 0 || position(end) < view.start || position(start) > view.end) continue;
            const from = Math.max(x(start), names), to = Math.max(Math.min(x(end), width - 8), from + 1.5);
            context.globalAlpha = stage === 2 ? 0.45 : 1;
            context.fillStyle = color(stage, letter);
            const thin = stage === 8 || stage === 0;
            context.fillRect(from, y + (thin ? 6 : 3), to - from, thin ? rowHeight - 12 : rowHeight - 6);
            context.globalAlpha = 1;
            if (to - from > 14) {
              context.fillStyle = stage === 8 ? text : '#000';
              const sign = letter && stage === 3 ? letter : letter && stage === 2 ? letter.toLowerCase() : data.stages[stage].sign;
              if (stage !== 8) context.fillText(sign, from + 3, y + rowHeight / 2 + 0.5);
            }
          }
        }
        // How many of a workload's pods are ready, at the instant and as a line.
        function drawReady(row, y, text) {
          if (!row.steps) {
            const changes = [];
            for (const lane of row.lanes) {
              let was = false;
              for (const [time, stage] of lane.s) {
                if ((stage === 3) !== was) { was = !was; changes.push([time, was ? 1 : -1]); }
              }
            }
            changes.sort((one, other) => one[0] - other[0]);
            let count = 0;
            row.steps = changes.map(([time, by]) => [time, count += by]);
            row.highest = Math.max(1, ...row.steps.map(step => step[1]));
          }
          let count = 0, at = 0;
          context.beginPath();
          context.strokeStyle = css('--good');
          context.moveTo(names, y + rowHeight - 3);
          for (const [time, next] of row.steps) {
            if (time <= now) at = next;
            const px = Math.min(Math.max(x(time), names), width - 8);
            context.lineTo(px, y + rowHeight - 3 - count / row.highest * (rowHeight - 6));
            count = next;
            context.lineTo(px, y + rowHeight - 3 - count / row.highest * (rowHeight - 6));
          }
          context.lineTo(width - 8, y + rowHeight - 3 - count / row.highest * (rowHeight - 6));
          context.stroke();
          context.fillStyle = text;
          const label = at + ' ready';
          context.fillText(label, names - context.measureText(label).width - 6, y + rowHeight / 2);
        }
        function shortened(name) {
          const room = Math.floor((names - 12) / 7.3);
          if (name.length <= room) return name;
          const tail = Math.floor((room - 1) / 2);
          return name.slice(0, room - 1 - tail) + '…' + name.slice(-tail);
        }
        function drawAxis(text, faint, line) {
          context.fillStyle = css('--ground');
          context.fillRect(0, 0, width, topHeight - 2);
          let free = names;
          for (const part of parts) {
            const from = Math.max(across(part[2]), names), to = Math.min(across(part[3]), width);
            if (to <= from) continue;
            if (part[4]) {
              context.fillStyle = faint;
              if (from >= free - 2) context.fillText('⋯', (from + to) / 2 - 4, 9);
              continue;
            }
            const perPixel = (part[1] - part[0]) / (across(part[3]) - across(part[2]));
            const step = steps.find(step => step >= perPixel * 80) || steps[steps.length - 1];
            const first = Math.max(timeOf(Math.max(part[2], view.start)), part[0]);
            let time = Math.ceil(first / step) * step;
            if (time > part[1]) time = part[0];
            for (; time <= part[1] && x(time) < width; time += step) {
              if (x(time) < names) continue;
              context.fillStyle = line;
              context.fillRect(x(time), 0, 1, height);
              context.fillStyle = faint;
              const words = short(time);
              if (x(time) < free) continue;
              context.fillText(words, x(time) + 3, 9);
              free = x(time) + 3 + context.measureText(words).width + 8;
            }
          }
          for (const mark of data.marks) {
            const px = x(mark.t);
            if (px < names - 4 || px > width) continue;
            context.fillStyle = mark.k === 0 ? text : mark.k === 1 ? css('--good') : css('--bad');
            context.fillText(mark.k === 0 ? '▾' : mark.k === 1 ? '✓' : '✗', px - 4, mark.k === 0 ? 24 : 37);
          }
          context.fillStyle = faint;
          context.fillText('commands', 6, 24);
          context.fillText('expectations', 6, 37);
        }
        """#
}
